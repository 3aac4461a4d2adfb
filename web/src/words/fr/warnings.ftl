warnings-title = Alertes
warnings-lead = Où un déclencheur est atteint, pourquoi, et ce que valaient de tels déclencheurs par le passé. Une prévision qui le dépasse est une alerte ; une mesure qui le dépasse est un dépassement constaté.
warnings-to-ladder = Ce qui peut être fait : l’échelle des options
warnings-standing = Où un déclencheur est atteint
warnings-kind = Nature
warnings-trigger = Déclencheur
warnings-why = Pourquoi
warnings-chance = Probabilité
warnings-places = Lieux
warnings-example = Par exemple
warnings-recorded = Au registre
warnings-not-recorded = non inscrite
warnings-answered = suivie d’une action
warnings-unanswered = aucune action encore
warnings-none = Aucun déclencheur n’est, à ce que l’on sait, atteint nulle part.
warnings-none-shown = Aucun déclencheur de ce choix n’est atteint.
warnings-caption = { $shown } sur { $all }
warnings-map-nothing = aucun déclencheur atteint, à ce que l’on sait
warnings-not-assessed = Ce qui n’a pas pu être évalué
warnings-not-assessed-lead = Ici, on n’a pu établir ni que le déclencheur est atteint, ni qu’il ne l’est pas. Ce n’est pas de la sécurité.
warned-warning = Alerte
warned-observed-breach = Dépassement constaté
triggers-title = Les déclencheurs et leur bilan
triggers-lead = Chacun est jugé sur des prévisions faites pour des mois passés avec ce que l’on savait alors. Le bilan principal compte les déclenchements : les événements après un an sans aucun. La violence qui se poursuit est plus facile à prévoir et se compte à part.
trigger-event = L’événement
trigger-evidence = Preuves requises
trigger-confirmations = Relevés de suite
trigger-cool-down = Délai de latence
trigger-window = Fenêtre
trigger-months =
    { $count ->
        [one] { $count } mois
       *[other] { $count } mois
    }
trigger-no-record = Ce déclencheur n’a pas encore de bilan.
trigger-measured = Mesuré le { $day } sur les origines { $origins }, au seuil { $threshold } ; seuils essayés : { $tried }.
trigger-in-sample = Le seuil a été choisi sur les mêmes années : le bilan est meilleur qu’il ne sera.
trigger-vintage = Données
counts-title = Ce qu’il aurait fait
counts-caption = { $title } : décomptes ; intervalles entre parenthèses
counts-what = Décompte
counts-onset = Déclenchement
counts-continuation = Poursuite
counts-windows = Fenêtres
counts-base_rate = Part des fenêtres avec l’événement
counts-events = Événements
counts-hits = Annoncés à temps
counts-late = Annoncés trop tard
counts-missed = Manqués
counts-episodes = Épisodes d’alerte
counts-false_alarms = Suivis d’aucun événement
counts-hit_rate = Part des événements annoncés
counts-false_alarm_ratio = Part des épisodes suivis d’aucun
counts-false_alarms_per_place_year = Fausses alertes par lieu et par an
counts-median_lead_days = Avance en jours, médiane
counts-return_period_years = Années entre deux alertes dans un lieu
counts-few = Moins de dix événements : des décomptes, pas de taux.
curve-title = Événements annoncés selon le nombre d’alertes
curve-across = Alertes par an, tous lieux
curve-up = Événements annoncés
curve-threshold = Seuil
curve-sample = Années
curve-untouched = sur des années ultérieures, non utilisées
curve-in-sample = sur les années où les seuils ont été choisis
curve-untouched-short = non utilisées
curve-in-sample-short = celles du choix
curve-chosen = le seuil en vigueur, { $threshold }
curve-beside = { $name }, avec autant d’alertes : { $hits }
curve-label-chosen = au seuil { $threshold } : { $hits } des événements annoncés, pour { $activations } alertes par an
curve-none = Trop peu d’événements pour des taux par seuil.
indicators-title = A-t-on répondu aux alertes ?
indicators-none = Aucune alerte n’est encore inscrite.
indicators-said = Sur { $warnings } alertes inscrites, { $answered } ont reçu une réponse avant l’événement ({ $share }) ; { $open } sont ouvertes, { $unanswered } sans réponse.
indicators-median =
    De l’alerte à la première action : { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    } en médiane.
indicators-by-place = Par lieu
indicators-by-partner = Par partenaire
indicators-answered = Réponse à temps
indicators-share = Part
indicators-days = Jours, médiane
