forecasts-title = Prévisions du nombre de personnes tuées
forecasts-lead = Combien de personnes pourraient être tuées par la violence organisée dans les mois à venir, avec quelle probabilité, et ce que valaient de telles prévisions.
forecasts-none = Aucune prévision n’est possible : les sources couvrent trop peu de mois.
forecasts-filter = Filtrer par nom ou par code
forecasts-caption =
    { $shown } lieux sur { $all } ; entre parenthèses, les intervalles à 90 %
forecasts-all = Montrer les { $count }
forecasts-p25 = P(≥ 25), mois suivant
forecasts-expected = Espérance, 3 mois suivants
forecasts-three = 3 mois suivants, médiane
forecasts-twelve = 12 mois suivants, médiane
forecasts-last = 12 derniers mois
forecasts-change = 12 mois suivants face aux derniers
forecasts-why-of = Pourquoi : { $name }
forecasts-reading = Comment lire ceci
forecasts-reading-chance = P(≥ 25) est la probabilité d’au moins 25 morts dans le mois. Sur dix lieux à 30 %, environ trois en auront autant.
forecasts-reading-interval = Neuf issues sur dix devraient se trouver dans un intervalle à 90 %. Il est large parce que les guerres se prévoient mal ; la médiane seule en dit trop.
forecasts-reading-totals = L’« espérance » est la moyenne : une faible probabilité d’un très grand nombre de morts la porte bien au-dessus de la médiane.
forecasts-reading-misses = Les guerres qui éclatent après une longue paix et les mois de catastrophe isolés lui échappent. Les morts dues à la faim et à la maladie, et celles que personne ne rapporte, n’y sont pas.
forecasts-reading-advice = C’est un avis, non une décision, et cela ne dit rien d’aucune personne en particulier.
record-about = Chaque fenêtre a été prévue à partir de ce que l’on savait en octobre de l’année précédente, puis jugée par ce qui est advenu. Fenêtres : { $windows } ; { $units } lieux.
record-model = Modèle
record-mean = Moyenne
record-score = Score
record-caption = { $score } par modèle et par fenêtre
record-note-crps = CRPS, en morts : l’écart entre la distribution prévue et ce qui est advenu. Plus c’est petit, mieux c’est.
record-note-ign = IGN, en bits : combien ce qui est advenu a surpris la prévision. Plus c’est petit, mieux c’est.
record-note-mis = MIS de l’intervalle à 90 %, en morts : sa largeur, et une pénalité pour ce qui en sort. Plus c’est petit, mieux c’est.
record-note-crps_log = CRPS de log(1 + morts) : les erreurs comptent selon leur proportion. Plus c’est petit, mieux c’est.
record-ratio = Entre parenthèses, le rapport à country12, les 12 derniers mois du lieu lui-même ; au-dessous de 1, c’est mieux que cette référence.
reliability-title = Quand elle l’a dit, est-ce arrivé aussi souvent ?
reliability-threshold = Morts dans le mois
reliability-said = annoncé
reliability-came = advenu
reliability-band = par hasard
reliability-count = prévisions
reliability-label =
    Probabilité d’au moins { $threshold } morts dans un mois : { $outside ->
        [0] ce qui est advenu se trouve dans la bande du hasard
       *[other] ce qui est advenu sort de la bande du hasard
    } pour { $outside ->
        [0] l’ensemble des { $bins }
       *[other] { $outside } sur { $bins }
    } classes.
reliability-note = Les points sur la diagonale ont été annoncés justement ; les barres montrent où le seul hasard les mettrait ; un point plus grand réunit plus de prévisions.
coverage-title = Les intervalles tiennent-ils ce qu’ils annoncent ?
coverage-caption = Part des issues dans les intervalles du mélange, entre parenthèses son propre intervalle en %
coverage-nominal = Annoncé
coverage-who = Lieux
coverage-all = tous
coverage-active = avec une mort dans les 12 derniers mois
coverage-randomised = Tenu, bornes en partie
coverage-closed = Tenu, bornes comprises
coverage-note = Les morts sont des nombres entiers, et un intervalle qui commence à zéro en contient trop ; les bornes sont donc aussi comptées en partie.
card-title = Ce qu’est la prévision
card-counted = Ce qui est prévu
card-level = Niveau
card-origin = Données jusqu’à
card-months = Mois à venir
card-units = Lieux
card-seed = Graine
card-version = Version
card-models = Modèles
card-abstained = S’est abstenu :
model-pool = le mélange des autres modèles, selon des poids appris sur des origines antérieures
model-recency = les mois passés du lieu lui-même, les derniers comptant le plus
model-zinb = une loi binomiale négative à excès de zéros, rapprochée des lieux aussi violents
model-hurdle = survenue : régression logistique ; nombre : ce qui a suivi dans les mois de niveau le plus proche
model-trees = survenue : arbres par boosting ; nombre : une forêt de quantiles
model-markov = ce qui a suivi, ailleurs, la paix, le déclenchement, le conflit ou la désescalade
model-country12 = les 12 derniers mois du lieu lui-même : la référence
