"""The nation's reporting on one page: who must report, who did, how well, and what it adds up to.

`ground` says which offices a person looks at, `standing` how each of them stands with its report,
`tally` counts them, `figures` sums what accepted reports say, `page` puts the page together and
`listing` the lists behind each of its figures. `compiling` makes the consolidated report of it.
"""
