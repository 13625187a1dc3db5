"""The oracle: seasons judged a second time, from domain.md alone, and held against the program.

It knows the official table and the definitions, reckons with fractions, and imports nothing of the
program: what it says is held against the JSON of `assess` and against the printed tables.
"""
