indexes-title = Indexes
indexes-all = All indexes
indexes-not-built = It cannot be computed here:
indexes-own = How to write a recipe of your own
indexes-highlight = Highlight a place
indexes-highlight-none = { $name } has no rank here.
indexes-highlight-rank =
    { $name }: rank { $rank }, value { $value }{ $changed ->
        [yes] ; by the recipe’s own weights rank { $before }.
       *[no] .
    }
indexes-highlight-off = no longer highlight
indexes-reset = Back to the recipe’s own weights
indexes-tree = Parts and weights
indexes-tree-note = A weight counts among the parts beside it; they need not add up to one. In per cent: the share among these.
indexes-weight-of = Weight of { $title }
indexes-own-weight = the recipe’s own: { $weight }
indexes-computing = Computing …
indexes-by-own = By the recipe’s own weights.
indexes-by-yours = By the weights that are set here; the address of this page keeps them. A hollow dot is the rank by the recipe’s own weights.
indexes-no-effect = These weights change nothing: the recipe joins these parts without weights, by their product or their minimum.
indexes-rank-range = Rank and its interval
indexes-change = Change of rank
indexes-class = Class
indexes-caption = { $of } places with a rank; the index has no interval of its own
indexes-caption-interval = { $of } places with a rank; intervals hold { $level } of { $draws } draws
indexes-download-own = The download has the recipe’s own weights.
indexes-notes = What must be read with it
indexes-made = How it was made
class-very-high = very high
class-high = high
class-medium = medium
class-low = low
class-very-low = very low
sensitivity-title = On which choices does it depend?
sensitivity-about = Shares of the variance of the ranks, by the recipe’s own weights and what it says may be varied: how parts are joined, the weights, and errors of the inputs.
sensitivity-none = The recipe names nothing that may be varied, and its inputs come without an error; so nothing can be said of it.
sensitivity-ask = Compute it
sensitivity-first = the factor alone (first order)
sensitivity-total = with all its interactions (total)
sensitivity-factor = Choice
sensitivity-label = Most depends on “{ $factor }”: { $total } of the variance with its interactions.
factor-aggregate = how parts are joined
factor-weights = the weights
factor-inputs = errors of the inputs
factor-impute = how gaps are filled
factor-normalise = how values are brought to one scale
factor-treat = how outliers are treated
