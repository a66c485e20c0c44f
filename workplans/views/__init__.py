"""Pages of the work plans: the plan, its rows, its imports and its papers."""
