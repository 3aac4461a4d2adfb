indexes-title = Indices
indexes-all = Tous les indices
indexes-not-built = Ne peut être calculé ici :
indexes-own = Comment écrire sa propre recette
indexes-highlight = Mettre un lieu en évidence
indexes-highlight-none = { $name } n’a pas de rang ici.
indexes-highlight-rank =
    { $name } : rang { $rank }, valeur { $value }{ $changed ->
        [yes]  ; selon les poids de la recette, rang { $before }.
       *[no] .
    }
indexes-highlight-off = ne plus mettre en évidence
indexes-reset = Revenir aux poids de la recette
indexes-tree = Parties et poids
indexes-tree-note = Un poids compte parmi les parties voisines ; leur somme n’a pas à valoir un. En pour cent : la part parmi celles-ci.
indexes-weight-of = Poids de { $title }
indexes-own-weight = celui de la recette : { $weight }
indexes-computing = Calcul en cours…
indexes-by-own = Selon les poids de la recette.
indexes-by-yours = Selon les poids choisis ici ; l’adresse de la page les garde. Un point creux est le rang selon les poids de la recette.
indexes-no-effect = Ces poids ne changent rien : la recette réunit ces parties sans poids, par leur produit ou leur minimum.
indexes-rank-range = Rang et intervalle
indexes-change = Évolution du rang
indexes-class = Classe
indexes-caption = { $of } lieux classés ; l’indice n’a pas d’intervalle propre
indexes-caption-interval = { $of } lieux classés ; les intervalles contiennent { $level } des { $draws } tirages
indexes-download-own = Le fichier à télécharger a les poids de la recette.
indexes-notes = À lire avec l’indice
indexes-made = Comment il a été calculé
class-very-high = très élevé
class-high = élevé
class-medium = moyen
class-low = faible
class-very-low = très faible
sensitivity-title = De quels choix dépend-il ?
sensitivity-about = Parts de la variance des rangs, selon les poids de la recette et ce qu’elle laisse varier : la manière de réunir les parties, les poids et les erreurs des données.
sensitivity-none = La recette ne laisse rien varier, et ses données viennent sans erreur ; on ne peut donc rien en dire.
sensitivity-ask = Calculer
sensitivity-first = le facteur seul (premier ordre)
sensitivity-total = avec toutes ses interactions (total)
sensitivity-factor = Choix
sensitivity-label = Il dépend surtout de « { $factor } » : { $total } de la variance, interactions comprises.
factor-aggregate = la manière de réunir les parties
factor-weights = les poids
factor-inputs = les erreurs des données
factor-impute = la manière de combler les lacunes
factor-normalise = la mise à une même échelle
factor-treat = le traitement des valeurs extrêmes
