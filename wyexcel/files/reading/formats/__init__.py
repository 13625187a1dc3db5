"""Workbooks that are no .xlsx (.xls, .et, .xlsb, .ods), looked through before they are read.

Each is held to the limits of every form, and told of what its values do not say: errors, formulas
without a result, percentages, what is hidden and what is merged.
"""
