impact-title = Cela a-t-il protégé les gens ?
impact-lead = À chaque politique, une question : moins de personnes ont-elles été touchées qu’il n’y en aurait eu sans elle ? Moins, davantage, pas d’effet plus grand que ce qui était énoncé d’avance, ou bien on ne peut le dire, et pourquoi.
impact-doing = Le serveur calcule encore : { $what }. Les verdicts qui manquent encore le disent.
impact-doing-records = mois, événements, aide et traités
impact-doing-agenda = l’agenda
impact-doing-impact = les politiques
impact-doing-forecast = la prévision
impact-doing-ladder = les alertes et l’échelle
impact-doing-indices = les indices
impact-doing-year = les années passées
impact-ended = Fin
impact-answers = Les quatre réponses
impact-word-fewer = Moins de personnes touchées
impact-word-fewer-said = Moins de personnes ont été touchées qu’il n’y en aurait eu : tout ce qui a été vérifié avant tient, et l’écart dépasse ce que montrent le hasard et les lieux sans cette politique.
impact-word-more = Davantage de personnes touchées
impact-word-more-said = Davantage de personnes ont été touchées qu’il n’y en aurait eu, selon les mêmes règles.
impact-word-none-larger = Pas d’effet plus grand que d
impact-word-none-larger-said = L’effet, s’il y en a un, est plus petit, dans un sens comme dans l’autre, qu’une quantité d énoncée avant que quiconque ne regarde.
impact-word-cannot-be-told = On ne peut le dire
impact-word-cannot-be-told-said = Ce que l’on sait ne suffit pas. Ce n’est pas la même chose qu’une absence d’effet, et la raison est donnée.
impact-word-computing = Pas encore calculé
impact-rules = Les règles, fixées avant de regarder aucun effet
impact-rule-donors = Au moins { $donors } lieux sans cette politique auxquels comparer : avec moins, aucun p placebo n’atteint { $alpha }.
impact-rule-before = Au moins { $before } périodes avant.
impact-rule-hold-out = Les derniers { $share } des périodes d’avant sont prédits à partir de celles qui précèdent ; l’erreur ne doit pas dépasser la médiane des autres lieux.
impact-rule-detectable = La bande qui contient { $band } des effets placebo ne doit pas dépasser { $widest } de ce qui est attendu : sinon l’effet n’aurait pas pu être vu.
impact-rule-harm = Une politique adoptée parce que les atteintes étaient élevées est comparée à au moins { $episodes } épisodes d’autres lieux au même point : depuis un sommet, elles baissent sans aucune politique. Elle est aussi éprouvée à des dates fictives, et sans les { $months } mois précédents.
impact-rule-alpha = Un écart est un constat lorsque son p est au plus { $alpha }. Les intervalles sont à { $level }.
impact-rule-large-p = Un grand p n’est jamais « pas d’effet ».
impact-policies = Politiques
impact-policies-lead = Les politiques du catalogue : les constats d’abord, puis les plus récentes. Lorsqu’on ne peut le dire, la première raison figure dessous.
impact-policies-caption = Les politiques et leurs verdicts
impact-place-lead = Ce qui a été fait ici pour la sécurité des gens, et si l’on peut dire que cela les a protégés.
impact-place-caption = Les politiques ({ $name }) et leurs verdicts
impact-kind = Nature
impact-kind-arms-embargo = embargo sur les armes
impact-kind-peace-operation = opération de paix
impact-kind-ceasefire = cessez-le-feu
impact-kind-peace-agreement = accord de paix
impact-kind-treaty-in-force = entrée en vigueur d’un traité
impact-kind-aid-surge = hausse de l’aide
impact-kind-sanctions = sanctions
impact-place = Lieu
impact-verdict = Verdict
impact-any = tous
impact-shown = { $shown } sur { $all }
impact-none-found = Aucune politique ne correspond.
impact-all = Montrer les { $count }
impact-policy = Politique
impact-date = Date
impact-outcome = Ce qui est mesuré
impact-no-outcome = aucune série de ce qui serait à mesurer
impact-effect = L’effet, en personnes
impact-classes = Catégories de politiques
impact-classes-lead = De nombreux cas d’une même nature, éprouvés ensemble. La question, la fenêtre et la mesure principale ont été fixées d’avance.
impact-classes-caption = Les catégories et leurs verdicts sur la mesure principale
impact-class = Catégorie
impact-cases = Cas
impact-answered = Avec réponse
impact-ask = Poser sa propre question
impact-ask-lead = Nommer ce qui est mesuré, un lieu et une date. Les mêmes règles valent ; l’adresse de la réponse peut être envoyée et gardée.
impact-find-place = Trouver le lieu
impact-find-donor = Ajouter un lieu de comparaison
impact-without = Retirer { $name }
impact-from = À partir du
impact-until = Comparé jusqu’au (facultatif)
impact-by = Par
impact-kind-any = non précisée
impact-kind-of-own = Nature (facultatif ; les lieux sous une semblable sont exclus)
impact-by-year = année
impact-by-month = mois
impact-method = Méthode
impact-method-usual = celle par défaut
impact-margin = d, en pour cent de ce qui est attendu (facultatif ; énoncé d’avance)
impact-own-donors = Lieux de comparaison (facultatif ; sinon tous ceux qui conviennent)
impact-because-of-harm-ask = Elle a été adoptée parce que les atteintes étaient élevées (cessez-le-feu, mission, embargo)
impact-send = Poser la question
impact-change-question = Changer la question
impact-needs-place = Choisir un lieu.
impact-needs-from = Indiquer le jour où elle a commencé.
impact-needs-until = Elle doit finir après avoir commencé.
impact-needs-margin = Ce doit être entre 1 et 100.
impact-computing-answer = Calcul en cours : la même question est posée à chaque lieu sans cette politique.
impact-to-all = Toutes les politiques
impact-print = Imprimer
impact-why-not = Pourquoi on ne peut le dire
impact-rests-on = Sur quoi cela repose
impact-margin-stated = d, énoncé d’avance : { $margin } de ce qui aurait été attendu.
impact-checked = source lue le { $day }
impact-not-checked = source non lue
impact-no-finding = Ce que donne la méthode, et non un constat.
impact-no-finding-after = Ce qui a été trouvé ne suffit pas : ce peut être le hasard, et un grand p n’est jamais « pas d’effet ». Les chiffres sont montrés pour que l’on puisse en discuter ; rien ne devrait être décidé d’après eux.
impact-no-finding-beforehand = Les vérifications ont établi d’avance que la question est sans réponse. Les chiffres sont montrés pour que l’on puisse en discuter ; rien ne devrait être décidé d’après eux.
impact-caveats = Ce qu’il faut lire avec
impact-asked = Ce qui a été demandé
impact-policy-source = Source de la politique
impact-because-of-harm = Adoptée parce que les atteintes étaient élevées
impact-because-of-harm-said = Oui. Depuis un sommet, les atteintes baissent aussi sans politique ; elle est donc comparée à des épisodes d’autres lieux au même point du leur.
impact-before = Périodes avant
impact-after = Périodes après
impact-periods = { $first } à { $last }
impact-periods-count =
    { $count ->
        [one] { $first } à { $last } : { $count } période
       *[other] { $first } à { $last } : { $count } périodes
    }
impact-aside = Mis de côté
impact-method-said = { $method } : { $said }
impact-method-its = série temporelle interrompue
impact-method-its-said = la tendance d’avant se poursuit, avec des erreurs qui tiennent compte de l’autocorrélation ; aucun autre lieu n’est utilisé.
impact-method-did = différence de différences
impact-method-did-said = son évolution, face à l’évolution moyenne des lieux sans cette politique.
impact-method-sc = contrôle synthétique
impact-method-sc-said = une moyenne pondérée de lieux sans cette politique, qui évoluait comme lui avant.
impact-method-sc-predictors = contrôle synthétique avec prédicteurs
impact-method-sc-predictors-said = de même, apparié aussi sur ce que l’on savait des lieux avant.
impact-method-ridge-sc = contrôle synthétique corrigé (ridge)
impact-method-ridge-sc-said = de même, corrigé par une régression ridge là où l’ajustement d’avant est médiocre.
impact-method-difp = contrôle synthétique centré
impact-method-difp-said = de même, à une différence de niveau constante près.
impact-method-sdid = différence de différences synthétique
impact-method-sdid-said = lieux et périodes d’avant pondérés ensemble.
impact-held-against = Comparé à
impact-donors-places =
    { $count ->
        [one] { $said } lieu sans cette politique
       *[other] { $said } lieux sans cette politique
    }
impact-donors-episodes =
    { $count ->
        [one] { $said } épisode d’un autre lieu, au même point du sien
       *[other] { $said } épisodes d’autres lieux, au même point du leur
    }
impact-margin-head = d, énoncé d’avance
impact-no-margin = Aucun n’a été énoncé : on ne peut dire qu’il n’y a pas eu d’effet.
impact-people-none = autant de personnes qu’attendu
impact-people-fewer =
    { $count ->
        [one] { $said } personne de moins qu’attendu
       *[other] { $said } personnes de moins qu’attendu
    }
impact-people-more =
    { $count ->
        [one] { $said } personne de plus qu’attendu
       *[other] { $said } personnes de plus qu’attendu
    }
impact-between-fewer = entre { $least } et { $most } de moins
impact-between-more = entre { $least } et { $most } de plus
impact-between-both = entre { $fewer } de moins et { $more } de plus
impact-interval-of = { $range } (intervalle à { $level }, { $kind })
impact-interval-conformal = conforme
impact-interval-placebo = par placebos dans l’espace
impact-interval-robust = à erreurs robustes
impact-no-interval = Aucun intervalle ne peut être donné.
impact-no-people = Cela ne peut être compté en personnes.
impact-people-of = Observées sur toutes les périodes après : { $observed }. Attendues sans la politique : { $expected }.
impact-mean-year =
    Écart moyen par an : { $effect } { $unit } { $range ->
        [none] (sans intervalle).
       *[other] (intervalle { $range }).
    }
impact-mean-month =
    Écart moyen par mois : { $effect } { $unit } { $range ->
        [none] (sans intervalle).
       *[other] (intervalle { $range }).
    }
impact-p-space = p placebo { $p } : rang { $rank } sur { $of } par le rapport des erreurs après et avant.
impact-p-conformal = p conforme { $p } ; il n’aurait pu être inférieur à { $least }.
impact-without-anticipation = Sans les périodes où elle a pu être anticipée, l’écart moyen est de { $effect } { $unit }.
impact-from-to = { $low } à { $high }
impact-times = × { $times }
impact-course = Observé, et attendu sans la politique
impact-course-alone = Observé
impact-course-label = { $name } : { $outcome }, { $unit }. Après la politique, { $observed } en moyenne ; { $expected } aurait été attendu sans elle.
impact-course-observed = { $name } : { $outcome }, { $unit }. On ne peut dire ce qu’il y aurait eu sans la politique.
impact-observed = observé
impact-expected = attendu sans la politique
impact-began = début de la politique
impact-period = Période
impact-is-after = après
impact-gap = Observé moins attendu
impact-gap-label = { $name } : { $outcome }, { $unit }, observé moins attendu. Au-dessous de zéro, moins de personnes ont été touchées.
impact-gap-outside = Sur les { $of } périodes après, { $outside } sont hors de la bande des donneurs.
impact-band = bande des écarts des donneurs
impact-conformal-periods = intervalle conforme de la période
impact-unbounded = Pour { $count } des { $of } périodes après, l’intervalle conforme n’est pas borné, et n’est pas tracé.
impact-is-unbounded = non borné
impact-fit-before = Avant la politique, l’erreur de la méthode est de { $rmspe } { $unit } (racine de la moyenne des carrés).
impact-checks = Décidé avant de voir l’effet
impact-checks-lead = Que la question ait une réponse se décide d’après les seules périodes d’avant. Si une seule chose ne tient pas, on ne peut le dire.
impact-checks-caption = Vérifications ; sur { $of }, { $failed } ne tiennent pas
impact-check = Vérification
impact-holds = Tient ?
impact-found = Ce qui a été trouvé
impact-does-hold = oui
impact-does-not-hold = non
impact-check-donors = Lieux de comparaison
impact-check-periods-before = Périodes avant
impact-check-hold-out = Prédiction des périodes réservées
impact-check-detectable = Un effet qui aurait pu être vu
impact-check-people = Assez de personnes pour un taux
impact-check-varies = Ce qui est mesuré varie
impact-check-peak = Pas commencée à un sommet
impact-check-episodes = Épisodes au même point
impact-check-sham-dates = Les dates fictives ne montrent rien
impact-check-reporting = Recensé de la même façon tout du long
impact-detectable = Ce qui aurait pu être vu : un effet inférieur à { $low } ou supérieur à { $high } { $unit }, pour { $counterfactual } attendu.
impact-detectable-share = Ce qui aurait pu être vu : un effet inférieur à { $low } ou supérieur à { $high } { $unit }, pour { $counterfactual } attendu. La bande entre les deux en fait { $share }.
impact-held-out = Les { $held } dernières périodes d’avant ont été prédites à partir des { $fitted } précédentes. Erreur : { $rmspe } { $unit } ; médiane des donneurs : { $median }.
impact-held-out-caption = Erreurs sur les périodes réservées, par donneur
impact-donor = Donneur
impact-a-donor = un donneur, comme s’il avait eu la politique
impact-rmspe = Racine de l’écart quadratique moyen
impact-rmspe-before = Erreur avant la politique
impact-mean-gap = Écart moyen
impact-donors = Donneurs : les lieux de comparaison
impact-donors-of-episodes = Donneurs : des épisodes d’autres lieux
impact-donors-said = Sur { $all } lieux envisagés, { $used } sont utilisés.
impact-donors-episodes-said = Chacun est un autre lieu à partir du même point de son propre épisode. Sur { $all } envisagés, { $used } sont utilisés.
impact-weights = Poids
impact-weights-rest = { $count } autres n’ont pas de poids, ou un poids trop petit pour être montré.
impact-weights-even = Aucun donneur n’a de poids propre qui mérite d’être montré.
impact-time-weights = Poids des périodes d’avant : { $weights }
impact-donors-caption = Les donneurs utilisés, et leurs poids
impact-weight = Poids
impact-not-used = { $count } non utilisés, et pourquoi
impact-not-used-caption = Lieux non utilisés
impact-no-reason = aucune raison n’est donnée
impact-why = Pourquoi
impact-why-none = Pourquoi elle ne donne rien
impact-space = Placebos dans l’espace
impact-space-lead = La même question est posée à chaque donneur, comme s’il avait eu la politique. Si beaucoup s’écartent autant après que ce lieu, le hasard l’explique.
impact-space-label = { $name } : les erreurs après font { $ratio } fois celles d’avant (carrés moyens), rang { $rank } sur { $of }, p { $p }.
impact-space-perfect =
    { $count ->
        [one] { $count } donneur s’ajuste parfaitement avant, ou pas du tout après, et n’a pas de place sur cet axe.
       *[other] { $count } donneurs s’ajustent parfaitement avant, ou pas du tout après, et n’ont pas de place sur cet axe.
    }
impact-space-caption = Chaque donneur comme s’il avait eu la politique ; écart moyen en { $unit }
impact-ratio = Erreurs après / avant
impact-time = Placebos dans le temps
impact-time-lead = La même question à des dates antérieures, fictives, avec les seules données d’avant la politique. Un effet à ces dates parle contre la méthode.
impact-time-label = Écart moyen après { $count } dates fictives, { $unit } ; le trait est celui de la vraie date.
impact-true-date = la vraie date
impact-sham-date = Date fictive
impact-left-out = Sans chaque donneur
impact-left-out-label = Effet { $effect } { $unit } ; en retirant un donneur à chaque fois, { $range }.
impact-left-out-donor = Sans
impact-without-one = sans { $name }
impact-with-all = avec tous les donneurs
impact-others = Autres méthodes
impact-others-lead = Le verdict repose sur la méthode choisie d’avance. Si les autres donnent autre chose, c’est une raison de douter.
impact-others-label = Écart moyen selon chaque méthode, { $unit }
impact-others-caption = Toutes les autres méthodes, et pourquoi l’une ne donne rien
impact-primary = mesure principale, fixée d’avance
impact-secondary = autre mesure
impact-window = Fenêtre
impact-window-said = { $before } périodes avant et { $after } après chaque cas, fixées d’avance
impact-outcomes = Verdicts par mesure
impact-outcomes-caption = Chaque mesure et son verdict ; variations du taux en pour cent
impact-outcomes-note = p vient de la réattribution des dates d’adoption, et est ajusté au nombre de mesures. Les chiffres entre parenthèses sont ce que donne la méthode, et non un constat. τ est la dispersion des effets entre les cas (log du taux).
impact-pooled = Tous les cas ensemble
impact-interval = Intervalle
impact-prediction = Prévision pour un autre cas
impact-prediction-said = où se situerait un autre cas : { $range }
impact-cases-clusters = Cas / groupes
impact-p-adjusted = p ajusté
impact-forest-label = { $answered } cas sur { $all } ont une réponse. Ensemble : { $effect } ({ $range }) sur le taux, sur un axe logarithmique.
impact-forest-none = { $answered } cas sur { $all } ont une réponse. Ils ne sont pas réunis.
impact-people-together =
    En personnes, sur les cas avec une réponse : { $people } { $range ->
        [none] (sans intervalle).
       *[other] ({ $range }).
    } Observées : { $observed } ; attendues : { $expected }.
impact-is-answered = Réponse ?
impact-change = Variation du taux
impact-cluster = Groupe
impact-unanswered = Cas sans réponse
impact-unanswered-lead = Sur { $all } cas, { $count } ({ $share }) sont restés sans réponse. Ce qui est réuni ne dit rien d’eux.
impact-events = Avant et après, période par période
impact-events-lead = Effets selon la distance à la politique, sur les mêmes cas tout du long. Avant elle, ils devraient être voisins de zéro : un point vide qui ne l’est pas est une raison de douter.
impact-events-label = { $title } : variation moyenne selon la distance à la politique, en pour cent
impact-events-note = Chaque point porte sur { $least } à { $most } cas.
impact-events-each =
    { $count ->
        [one] Chaque point porte sur { $count } cas.
       *[other] Chaque point porte sur les mêmes { $count } cas.
    }
impact-relative = Périodes par rapport à la politique
impact-left-out-cases = Sans chaque groupe de cas
impact-clusters-label = Ensemble { $effect } ; en retirant un groupe à chaque fois, { $range }.
impact-with-all-cases = avec tous les cas
unit-per-100-000-people-a-year = pour 100 000 personnes par an
unit-per-100-000-people-a-month = pour 100 000 personnes par mois
