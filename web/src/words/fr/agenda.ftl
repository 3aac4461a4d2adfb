agenda-title = L’agenda de la sécurité humaine
agenda-lead = Dix éléments, formulés en 1999 : ce que chacun demande, quelles normes il a et qui elles lient, ce qui se fait, et ce qu’il en est advenu.
agenda-day = État au
agenda-today = Aujourd’hui
agenda-told-for = Situation au { $day }
agenda-told-until = Ce qu’une liste ne dit pas est inconnu. Chaque liste vaut jusqu’à son propre jour ; ce qui a été déposé ensuite peut manquer.
agenda-find-party = Trouver une partie
agenda-to-all = Les dix éléments
agenda-element = Élément
agenda-elements = Éléments
agenda-element-1 = Mines antipersonnel
agenda-element-2 = Armes légères
agenda-element-3 = Enfants dans les conflits armés
agenda-element-4 = Droit humanitaire et droits de la personne
agenda-element-5 = Cour pénale internationale
agenda-element-6 = Exploitation sexuelle des enfants
agenda-element-7 = Sécurité du personnel humanitaire
agenda-element-8 = Prévention des conflits
agenda-element-9 = Criminalité transnationale organisée
agenda-element-10 = Ressources pour le développement
agenda-no-element = Sous aucun élément
agenda-also-element = aussi sous l’élément { $numbers }
agenda-norms = Normes
agenda-practice = Pratique
agenda-progress = Progrès
agenda-no-instrument = Aucun instrument n’est disponible.
agenda-no-practice = Aucun programme n’est enregistré.
agenda-no-indicator = Aucune mesure de progrès n’est définie.
agenda-programmes =
    { $count ->
        [one] { $count } programme
       *[other] { $count } programmes
    }
agenda-open-end = …
agenda-instrument = Instrument
agenda-article = art. { $article }
agenda-catalog = le catalogue de l’agenda
agenda-kind = Nature
agenda-kind-treaty = traité
agenda-kind-protocol = protocole
agenda-kind-political = politique
agenda-kind-declaration = déclaration, à laquelle les États adhèrent un par un
agenda-political = Il demande et ne lie personne : personne n’est compté comme lié.
agenda-adopted = Adoption
agenda-adopted-on = Adopté le { $day }
agenda-entered = Entrée en vigueur
agenda-in-force-since = en vigueur depuis le { $day }.
agenda-not-in-force = entrée en vigueur inconnue.
agenda-protocol-to = Protocole à
agenda-depositary = Dépositaire
agenda-registration = Enregistrement
agenda-text = Texte
agenda-list = Liste des parties
agenda-no-list = Aucune liste de ses parties n’est disponible : on ignore combien sont liées.
agenda-counts = Parties
agenda-bound-count = Parties liées : { $count }.
agenda-bound-by-list = Parties liées : { $count }, selon une liste au { $day }.
agenda-count-provisional =
    { $count ->
        [one] { $count } l’applique à titre provisoire.
       *[other] { $count } l’appliquent à titre provisoire.
    }
agenda-count-notified =
    { $count ->
        [one] { $count } a notifié son retrait.
       *[other] { $count } ont notifié leur retrait.
    }
agenda-count-contested =
    { $count ->
        [one] { $count } est contestée.
       *[other] { $count } sont contestées.
    }
agenda-count-withdrawn =
    { $count ->
        [one] { $count } s’est retirée.
       *[other] { $count } se sont retirées.
    }
agenda-count-unverified = Non vérifiées : { $count }.
agenda-signed-only = Seulement signé
agenda-nothing-here = Rien n’est montré :
agenda-published-by = Publié par
agenda-last-value = { $value } en { $period }
agenda-preliminary = provisoire
agenda-lines-apart = Les lignes relèvent de méthodes ou de séries différentes. Elles ne sont pas reliées et ne se comparent pas par-delà la rupture.
agenda-period = Période
agenda-series = Série
agenda-interval = Intervalle
agenda-mark = Marque
agenda-unit = Unité
agenda-findings = Ce qui ne concorde pas
agenda-findings-lead = Constaté en lisant les sources côte à côte. Les deux sont conservées ; aucune n’est ajustée.
agenda-all = tous
agenda-name = Nom
agenda-shown = { $shown } sur { $all }
agenda-who = Partie
agenda-what = Ce qui est dû
agenda-due = Échéance
agenda-status = État
agenda-source = Source
agenda-date = Date
agenda-no-source = sans source
agenda-no-day = aucun jour connu
agenda-basis = Sur quoi cela repose
agenda-unverified = non vérifié
agenda-unverified-said = Non vérifié : cela n’a pas été relevé sur la liste même du dépositaire.
agenda-declaration = avec une déclaration ou une réserve
agenda-known-to = la source vaut jusqu’au { $day }
agenda-meanings = Ce que les mots veulent dire
agenda-standing = Situation
agenda-standing-map = Qui en est où
agenda-standing-of = Situation à l’égard de { $name }
agenda-since = depuis : { $day }
agenda-since-head = Depuis
agenda-since-year = { $year } (l’année seulement)
agenda-since-no-later = { $day } au plus tard
agenda-ahead = Prend effet
agenda-ahead-on = prend effet le { $day }
agenda-key-leaving = Liée, retrait annoncé, notifié ou suspendu
agenda-standing-bound = Liée
agenda-standing-bound-said = L’instrument est en vigueur à son égard.
agenda-standing-withdrawal-announced = Retrait annoncé
agenda-standing-withdrawal-announced-said = Elle a dit qu’elle se retirerait, sans notification au dépositaire : elle est liée.
agenda-standing-withdrawal-notified = Retrait notifié
agenda-standing-withdrawal-notified-said = Elle a notifié son retrait, qui n’a pas pris effet : jusque-là, elle est liée.
agenda-standing-withdrawal-suspended = Retrait suspendu
agenda-standing-withdrawal-suspended-said = Sa notification reste sans effet tant qu’elle est engagée dans un conflit armé : elle est liée.
agenda-standing-withdrawal-revoked = Retrait révoqué
agenda-standing-withdrawal-revoked-said = Elle a repris sa notification : elle est liée.
agenda-standing-contested = Contestée
agenda-standing-contested-said = Elle dit ne pas l’appliquer, ou l’a quitté sans qu’aucun article le prévoie ; sa situation est contestée.
agenda-standing-provisional = Application provisoire
agenda-standing-provisional-said = Elle l’applique avant qu’il soit en vigueur à son égard.
agenda-standing-deposited = A consenti, pas encore en vigueur
agenda-standing-deposited-said = Elle a déposé son consentement ; l’instrument n’est pas encore en vigueur à son égard.
agenda-standing-signed = Signataire
agenda-standing-signed-said = Elle a signé et n’a pas consenti à être liée.
agenda-standing-asked = Appelée
agenda-standing-asked-said = Une décision des Nations Unies le demande à chaque membre ; aucun n’est lié.
agenda-standing-not-bound = Non liée
agenda-standing-not-bound-said = Elle n’a rien fait que la liste dise, jusqu’au jour jusqu’auquel la liste vaut.
agenda-standing-withdrawn = Retirée
agenda-standing-withdrawn-said = Elle s’est retirée.
agenda-standing-unknown = Inconnue
agenda-standing-unknown-said = Aucune liste ne le dit.
agenda-duty-overdue = En retard
agenda-duty-overdue-said = Le jour est passé et le registre, qui le couvre, ne montre aucun envoi.
agenda-duty-due-soon = Bientôt dû
agenda-duty-due-soon-said = Le jour est proche.
agenda-duty-submission-unknown = Envoi inconnu
agenda-duty-submission-unknown-said = Le jour est passé et aucun registre disponible ne dit si l’envoi a été fait : personne n’est dit en retard.
agenda-duty-not-yet-due = Pas encore dû
agenda-duty-not-yet-due-said = Le jour est plus lointain.
agenda-duty-submitted-on-time = Envoyé à temps
agenda-duty-submitted-on-time-said = Le registre le montre, reçu le jour même ou avant.
agenda-duty-submitted-late = Envoyé en retard
agenda-duty-submitted-late-said = Le registre le montre, reçu après le jour.
agenda-duty-no-date = Sans date
agenda-duty-no-date-said = C’est dû, mais aucun jour ne découle de ce qui est connu.
agenda-duty-not-applicable = Sans objet
agenda-duty-not-applicable-said = Cela ne concerne pas cette partie, ou pas ce jour-là.
agenda-duty-contested = Contesté
agenda-duty-contested-said = Que ce soit dû est contesté.
agenda-deadline-near = Proche
agenda-deadline-near-said = Le jour est proche, et rien n’indique que ce soit fait.
agenda-deadline-running = En cours
agenda-deadline-running-said = Le jour est plus lointain.
agenda-deadline-passed-outcome-unknown = Passé, issue inconnue
agenda-deadline-passed-outcome-unknown-said = Le jour est passé et aucune source ne dit si cela a été fait.
agenda-deadline-met = Respecté
agenda-deadline-met-said = Une source dit que cela a été fait.
agenda-deadline-not-applicable = Sans objet
agenda-deadline-not-applicable-said = Cela ne concerne pas cette partie.
agenda-deadline-not-known-whether-it-applies = On ignore s’il s’applique
agenda-deadline-not-known-whether-it-applies-said = Aucune source ne dit si cette partie a quelque chose à faire pour ce jour.
agenda-deadline-contested = Contesté
agenda-deadline-contested-said = Que le délai coure est contesté.
agenda-on-the-day = ce jour-là
agenda-in-days =
    { $count ->
        [one] dans { $count } jour
       *[other] dans { $count } jours
    }
agenda-in-months = dans { $count } mois
agenda-in-years =
    { $count ->
        [one] dans { $count } an
       *[other] dans { $count } ans
    }
agenda-ago-days =
    { $count ->
        [one] il y a { $count } jour
       *[other] il y a { $count } jours
    }
agenda-ago-months = il y a { $count } mois
agenda-ago-years =
    { $count ->
        [one] il y a { $count } an
       *[other] il y a { $count } ans
    }
agenda-received = Reçu le { $day }.
agenda-voluntary = volontaire
agenda-voluntary-said = C’est demandé, et n’est pas dû.
agenda-binding-said = C’est dû par chaque partie.
agenda-register = Registre de ce qui a été reçu :
agenda-register-none = Aucun registre de ce qui a été reçu n’est disponible.
agenda-registers = Registres de ce qui a été reçu :
agenda-from-to = du { $from } au { $to }
agenda-in-year = en { $year }
agenda-curve = Qui a adhéré quand
agenda-curve-deposited = ont consenti
agenda-curve-in_force = en vigueur pour
agenda-curve-label = { $name } : au { $day }, { $deposited } avaient consenti, et il était en vigueur pour { $in_force }.
agenda-curve-until = Seuls les actes datés sont comptés ; le dernier changement est du { $day }.
agenda-no-curve = Aucune évolution ne peut être dite : aucune liste ne donne les jours.
agenda-days-to-entry = De l’adoption à l’entrée en vigueur, il a fallu { $days } jours.
agenda-days-to-consent = La moitié des { $count } consentements datés est venue dans les { $median } jours suivant l’adoption, la moitié centrale entre { $low } et { $high } jours.
agenda-rules = Comment il lie, et comment on le quitte
agenda-read = Ce qui a été lu
agenda-read-on = lu le { $day }
agenda-not-checked = de connaissance générale, non vérifié
agenda-duties = Obligations périodiques
agenda-deadlines = Délais
agenda-concerns = Concerne :
agenda-extension = Prolongation :
agenda-due-title = Obligations et délais
agenda-due-none = Rien de connu n’est dû.
agenda-due-caption = Obligations et délais de { $name }, le prochain et le dernier de chacun
agenda-last-next = Le dernier et le prochain de chaque obligation et délai
agenda-late = Qui est en retard
agenda-late-none = Selon ces registres, personne n’est en retard.
agenda-participants = Tous les participants
agenda-participants-caption = Participants de { $name } au { $day }
agenda-regions = Qui n’a pas adhéré, par région
agenda-region-bound = { $bound } sur { $members } liées ({ $share })
agenda-region-all = Toutes ont adhéré.
agenda-not-joined = N’ont pas adhéré :
agenda-alike = Du même avis : qui a adhéré tôt
agenda-alike-lead = Qui a adhéré tôt aux instruments semblables : une liste pour commencer une coalition, sans plus.
agenda-alike-count = Tôt dans
agenda-alike-early = Où
agenda-alike-rank = { $rank } sur { $of }, { $day }
agenda-beside = Promesse et pratique côte à côte
agenda-group = Groupe
agenda-places = Lieux
agenda-total = Total
agenda-median = Médiane, { $unit }
agenda-quartiles = Moitié centrale, { $unit }
agenda-before-after = Cinq ans avant et après que chacun a été lié, pour les { $places } ayant des chiffres pour les dix années : aucun enregistré dans { $none }, moins après dans { $fewer }, autant dans { $same }, plus dans { $more }.
agenda-meeting = Réunion
agenda-meetings = Réunions
agenda-meetings-year = Réunions dont seule l’année est connue
agenda-title-of = { $name } : l’agenda
agenda-record = Bilan
agenda-record-on_time = Envoyés à temps
agenda-record-late = Envoyés en retard
agenda-record-overdue = En retard
agenda-record-submission_unknown = Envoi inconnu
agenda-record-due_soon = Bientôt dus
agenda-record-unknown = inconnu
agenda-report = Rapport de transparence
agenda-report-of = { $name } : rapport de transparence
agenda-report-back = Retour à la partie
agenda-print = Imprimer
agenda-bound-by = Sa situation
agenda-caveats = Ce qu’il faut lire avec
agenda-its-calendar = Son calendrier
agenda-aid = L’aide face à 0,7 pour cent
agenda-aid-label = { $name } a donné { $ratio } pour cent du revenu national brut en { $year }
agenda-aid-none = Pour { $name }, aucune part du revenu national brut n’est connue
agenda-aid-method = Méthode
agenda-aid-methods = L’équivalent-don et les flux nets sont des méthodes différentes. Ils ne sont pas reliés et ne se comparent pas. Les points creux sont provisoires.
agenda-aid-net = flux nets
agenda-aid-grant-equivalent = équivalent-don
agenda-aid-target = les { $target } pour cent demandés en 1970
agenda-aid-ratio = Pour cent du revenu national brut
agenda-gap-points = Écart, points de pourcentage
agenda-gap-of-money = Écart en argent
agenda-gap-below = C’est { $points } point de pourcentage au-dessous des 0,7 demandés.
agenda-gap-reached = C’est { $points } point de pourcentage au-dessus des 0,7 demandés.
agenda-gap-money =
    En argent { $money } { $range ->
        [none] ({ $unit }).
       *[other] (intervalle { $range } ; { $unit }).
    }
agenda-workers = Attaques contre le personnel humanitaire sur son territoire
agenda-workers-label = { $name }, { $year } : attaques : { $attacks } ; tués : { $killed }, blessés : { $wounded }, enlevés : { $kidnapped }
agenda-workers-attacks = Attaques
agenda-workers-killed = Tués
agenda-workers-wounded = Blessés
agenda-workers-kidnapped = Enlevés
agenda-workers-hollow = Les points creux sont d’années dont des attaques sont en cours de vérification.
agenda-workers-pending = En cours de vérification
agenda-workers-pending-of =
    { $count ->
        [one] En { $year }, { $count } attaque est en cours de vérification.
       *[other] En { $year }, { $count } attaques sont en cours de vérification.
    }
agenda-by-state = Par un État
agenda-by-non_state = Par un groupe non étatique
agenda-by-unknown = Auteur inconnu
agenda-calendar = Calendrier de l’agenda
agenda-calendar-lead = Ce qui vient à échéance, pour qui, et les réunions.
agenda-calendar-of-element = Ce qui est dû sous cet élément
agenda-calendar-count =
    { $count ->
        [one] { $said } obligation ou délai du { $from } au { $to } ; réunions : { $meetings }.
       *[other] { $said } obligations et délais du { $from } au { $to } ; réunions : { $meetings }.
    }
agenda-calendar-cut = Seuls les { $shown } premiers sur { $all } sont montrés. Choisissez une partie, un instrument ou un élément pour en voir moins.
agenda-calendar-none = Rien de connu n’est dû dans ce temps.
agenda-subscribe = S’abonner (iCalendar)
agenda-horizon = À venir
agenda-months = { $count } mois
agenda-years =
    { $count ->
        [one] { $count } an
       *[other] { $count } ans
    }
agenda-of-party = D’une partie
agenda-without-party = { $name } : montrer toutes les parties
agenda-without-day = Sans jour
agenda-parties =
    { $count ->
        [one] { $count } partie
       *[other] { $count } parties
    }
