headline-killed =
    En { $period }, { $count } { $n ->
        [one] personne a été tuée
       *[other] personnes ont été tuées
    } par la violence organisée ({ $range } selon la fourchette de la source){ $rated ->
        [yes] , soit { $rate } pour 100 000 personnes.
       *[no] .
    }
headline-killed-no-range =
    En { $period }, { $count } { $n ->
        [one] personne a été tuée
       *[other] personnes ont été tuées
    } par la violence organisée{ $rated ->
        [yes] , soit { $rate } pour 100 000 personnes.
       *[no] .
    }
headline-killed-none = En { $period }, aucune mort due à la violence organisée n’est enregistrée selon les règles de la source ; ce n’est pas une preuve de paix.
headline-killed-unknown = On ignore ici combien de personnes ont été tuées par la violence organisée en { $period }.
headline-killed-jointly = La source compte les personnes tuées ici par la violence organisée avec celles d’un autre lieu : voir { $joint }.
headline-civilians =
    Parmi elles, au moins { $count } { $n ->
        [one] personne civile.
       *[other] personnes civiles.
    }
headline-civilians-and-unknown =
    Parmi elles, au moins { $count } { $n ->
        [one] personne civile
       *[other] personnes civiles
    } ; pour { $unknown } de plus, le statut n’est pas connu.
headline-who =
    La violence unilatérale contre la population civile a tué { $total } { $n ->
        [one] personne
       *[other] personnes
    } : { $list }.
headline-by-killed_by_own_government = { $count } par leur propre gouvernement
headline-by-killed_by_other_government = { $count } par un autre gouvernement
headline-by-killed_by_any_government = { $count } par un gouvernement
headline-by-killed_by_non_state = { $count } par un groupe non étatique
headline-by-killed_by_unknown = { $count } par un auteur inconnu
headline-not-attributed = Pour { $count } personnes civiles, { $share } des personnes civiles tuées, la source ne dit pas qui les a tuées.
headline-displaced-unknown = On ignore combien de personnes déplacées vivent ici.
headline-displaced-none = Aucune personne déplacée n’est enregistrée ici à la fin de l’année.
headline-displaced =
    À la fin de l’année, { $least ->
        [yes] au moins { $count }
       *[no] { $count }
    } { $n ->
        [one] personne déplacée vivait
       *[other] personnes déplacées vivaient
    } ici{ $shared ->
        [yes] {" "}({ $share } de la population).
       *[no] .
    }
headline-abroad =
    { $least ->
        [yes] Au moins { $count }
       *[no] { $count }
    } { $n ->
        [one] personne d’ici était déplacée
       *[other] personnes d’ici étaient déplacées
    } à l’étranger.
headline-movements = Dans l’année, on compte { $conflict } déplacements internes dus aux conflits et { $disaster } dus aux catastrophes. Ce sont des mouvements, non des personnes.
headline-movements-conflict = Dans l’année, on compte { $conflict } déplacements internes dus aux conflits. Ce sont des mouvements, non des personnes.
headline-movements-disaster = Dans l’année, on compte { $disaster } déplacements internes dus aux catastrophes. Ce sont des mouvements, non des personnes.
headline-facing-unknown = On ignore ici combien de personnes subissent le déplacement, la faim, la pauvreté ou le manque d’eau de base.
headline-facing = Au moins { $low } personnes ({ $share }) subissent au moins une menace : déplacement, faim, pauvreté ou manque d’eau de base ; le maximum n’est pas connu.
headline-facing-bounds = Entre { $low } et { $high } personnes subissent au moins une menace : déplacement, faim, pauvreté ou manque d’eau de base.
headline-years = Un nouveau-né peut espérer vivre au plus { $free } ans à l’abri de ces menaces et au moins { $under } ans sous l’une d’elles, si les taux actuels se maintenaient.

place-source = source
place-source-number = source { $number }
place-source-of = Les lignes d’où vient : { $measure }
place-period = Période
place-print = Imprimer
place-compare = Comparer
place-unfinished = { $period } n’est pas terminée, ou n’est pas encore complète dans les sources : les chiffres augmenteront.
place-reconstructed = Reconstitué : ce que l’on pouvait savoir alors, selon le délai habituel de chaque source.
place-parts = Lieux comptés ensemble :
place-of = Compté avec un autre lieu dans :
place-as-table = Sous forme de tableau
place-course = { $measure }, de { $from } à { $to } ; en dernier { $last }
place-measure = Mesure
place-value = Valeur
place-interval = Intervalle
place-source-head = Source
place-year = Année
place-share = Part de la population
place-method = Comment c’est mesuré
place-all-figures = Tous les chiffres
place-marks = ≥ : au moins. ≤ : au plus. * : d’une année antérieure. † : de plus de trois ans. Sans intervalle : la source n’en donne pas, ou le chiffre est calculé à partir de plusieurs de ses décomptes.
place-data-end = Les données s’arrêtent au { $day }.

place-months = Personnes tuées par la violence organisée, par mois
place-month = Mois
place-months-five = Cinq dernières années
place-months-all = Tout depuis { $year }
place-months-together = tous les types de violence ensemble
place-months-unknown = inconnu (et non zéro)
place-months-unknown-note = Hachures : inconnu, et non zéro.
place-months-label = { $name } : { $lastCount } personnes tuées en { $last }, dernier mois connu ; le plus en { $worst } : { $worstCount }.
place-months-label-none = { $name } : aucun mois n’est connu.
violence-all = Tous les types de violence
violence-organised-violence-of-all-types = Tous les types de violence
violence-state-based = Conflit impliquant un État
violence-non-state = Conflit non étatique
violence-one-sided = Violence unilatérale contre la population civile
violence-attack-on-aid-workers = Attaque contre le personnel humanitaire

place-who = Qui a tué des personnes civiles
place-who-label = Personnes civiles tuées, selon l’auteur : { $parts }
place-who-note = La source ne nomme un auteur que pour la violence unilatérale. Pour les personnes civiles tuées dans les combats, elle ne dit pas par quel camp.
who-killed_by_own_government = Leur propre gouvernement
who-killed_by_other_government = Un autre gouvernement
who-killed_by_any_government = Un gouvernement
who-killed_by_non_state = Un groupe non étatique
who-killed_by_unknown = Auteur inconnu
who-killed_civilians_not_attributed = Non attribué
who-share = { $count } ({ $share } des personnes civiles tuées)

place-threats = Qui subit quelle menace
place-threat = Menace
place-threats-note = On ignore comment les menaces se recoupent ; le nombre de personnes qui en subissent au moins une se situe donc entre deux bornes : au moins la plus grande part, au plus la somme de toutes.
threat-unknown = inconnu
threat-too-old = inconnu pour la période (en { $period } : { $value })
threat-at-least = au moins { $share } ({ $people })
threat-between = { $low } à { $high } ({ $people })
threat-share = { $share } ({ $people })
threat-key-certain = au moins autant
threat-key-unknown = inconnu

place-years = Années de vie
years-free = à l’abri des menaces essentielles
years-under = sous au moins une menace
place-years-note = Bornes grossières pour un nouveau-né, si les taux actuels valaient à tout âge.

place-displacement = Personnes déplacées au-delà des frontières
place-flows-out = Originaires d’ici, par lieu d’accueil
place-flows-in = Accueillies ici, par lieu d’origine
place-flows-none = Aucune enregistrée.
place-flows-others = autres lieux ensemble
place-flows-note = Personnes réfugiées, demandeuses d’asile et autres personnes ayant besoin de protection, { $period }.

place-indices = Indices
place-index = Indice
place-rank = Rang
place-rank-of-all = Parmi tous
place-rank-of = { $rank } sur { $of }
place-no-rank = sans rang
place-beside = { $index } : rang { $indexRank } sur { $of }. Selon « { $measure } » : rang { $rank } parmi les mêmes lieux. 1 est le pire.
index-trades = Un indice échange un mal contre un autre selon des poids que quelqu’un a choisis. Là où un nombre de personnes répond à la question, prenez le nombre.

place-forecast = Prévision du nombre de personnes tuées
forecast-replay = Faite à partir de données jusqu’à { $origin } : ce que l’on aurait prévu alors, et non un avertissement pour aujourd’hui.
forecast-making = La prévision est encore en cours de calcul.
forecast-scale = Échelle
forecast-scale-log1p = Échelle logarithmique
forecast-scale-sqrt = Échelle en racine carrée
forecast-key-history = enregistré
forecast-key-median = prévision, médiane
forecast-key-50 = intervalle à 50 %
forecast-key-90 = intervalle à 90 %
forecast-label = { $name }, { $month } : médiane de { $median } personnes tuées, intervalle à 90 % { $range }, probabilité d’au moins 25 : { $chance }.
forecast-totals = Le mois suivant, et les totaux
forecast-months = Mois
forecast-span = { $months } mois, jusqu’à { $to }
forecast-median = Médiane
forecast-50 = 50 %
forecast-90 = 90 %
forecast-mean = Moyenne
forecast-p = P(≥ { $least })
forecast-why = Pourquoi
forecast-record = Ce que valaient de telles prévisions
forecast-record-caption = Prévisions rétrospectives de tous les lieux, par fenêtre
forecast-record-none = Cela n’a pas été mesuré ici.
forecast-record-note = CRPS en morts et IGN en bits : plus c’est petit, mieux c’est. Un rapport inférieur à 1 fait mieux que la référence, les 12 derniers mois du lieu lui-même. Prévisions à partir de données jusqu’à octobre de l’année précédente.
forecast-advice = Un avis, non une décision. Les mois de catastrophe isolés et les guerres qui éclatent après une longue paix lui échappent.
driver-recent-level = Niveau récent
driver-trend = Tendance
driver-neighbours = Voisins
driver-history = Histoire
driver-outlook = Perspective
score-crps = CRPS
score-ign = IGN
score-mis = MIS
score-crps_log = CRPS de log(1 + morts)
score-benchmark = 12 derniers mois du lieu
score-ratio = rapport
score-window = Fenêtre
score-reconstructed = (reconstituée)

place-communities = Communautés : { $name }
place-communities-caption =
    { $count ->
        [one] { $count } communauté, { $period }
       *[other] { $count } communautés, { $period }
    }
place-community = Communauté
place-map-load = Montrer la carte
place-map-communities = Communautés selon le nombre de personnes tuées pour 100 000. Le tableau ci-dessous dit la même chose.
place-map-events = Événements sur la carte : plus le cercle est grand, plus il y a de morts. La liste ci-dessous dit la même chose.
place-map-failed = La carte n’a pas pu être montrée. Le tableau ci-dessous dit la même chose.

place-events = Événements
place-events-caption = Événements { $from } à { $to } sur { $count }
place-events-before = Plus haut dans la liste
place-events-after = Suite de la liste
place-events-note = Là où le lieu ou le jour n’est connu qu’à peu près, la source situe l’événement en un point ou un intervalle représentatif.
event-date = Date
event-where = Où
event-violence = Violence
event-deaths = Morts
event-sides = Parties

place-aid = Aide accordée
place-aid-label = Aide accordée ({ $name }), { $last } : { $value } { $unit }.
place-treaties = Traités
place-treaties-caption = La dernière action relative à chaque instrument
treaty-instrument = Instrument
treaty-last = Dernière action
treaty-date = Date
treaty-as-of = État de la liste
treaty-signature = signature
treaty-ratification = ratification
treaty-accession = adhésion
treaty-acceptance = acceptation
treaty-approval = approbation
treaty-succession = succession
treaty-withdrawal = retrait
treaty-consent-to-be-bound = consentement à être lié
treaty-definitive-signature = signature définitive
treaty-provisional-application = application provisoire
treaty-succession-to-signature = succession à la signature
treaty-participation = participation
treaty-formal-confirmation = confirmation formelle
place-change = Évolution
place-changes = En cinq ans, de { $from } à { $to }
change-from-none = à partir de zéro
change-to-none = à zéro
change-unchanged = inchangé
change-times = { $times } fois
change-percent = { $change } %
place-missing = Ce qui manque ou date
place-missing-measures = { $measures } :

brief-title = la sécurité humaine en une page
brief-no-months = Aucun décompte mensuel des morts n’est connu ici.
brief-no-forecast = Ce lieu n’a pas de prévision : trop peu de violence organisée y est enregistrée, ou la source n’en dit rien.
brief-replay-of = rétrospective, { $origin }
brief-advice = Une prévision est un avis, non une décision.
place-ladder = L’échelle des options
