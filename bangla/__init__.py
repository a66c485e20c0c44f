"""The Bengali language room: digits, text, both calendars, dates in words, sorting and PDF.

Everything here is a pure function over text and dates. The room knows nothing of Django or of
innovation teams, so it can be lifted out and used by any program that speaks Bengali.

=============== ===============================================================================
`digits`        ০–৯ and 0–9, lakh and crore grouping
`text`          Unicode normalisation, and folding for search
`calendar`      the civil Bangla calendar of Bangladesh, before and after its 2019 reform
`dates`         dates, recurrences and times as officers write them, read and written
`collation`     sort keys in the order of a Bengali dictionary
`pdf`           HTML in, accessible PDF with a correct Bengali text layer out
=============== ===============================================================================
"""
