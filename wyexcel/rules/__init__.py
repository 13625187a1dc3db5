"""The rules that a form must obey: one rule, one function, one sentence of advice.

Each module has a Family, called like the module, to which its functions add themselves:

- `file_itself`: the file itself.
- `attachments`: what lies beside the forms.
- `archives`: archives of forms.
- `resubmission`: a second form of the same unit.
- `identity`: whose form it is and for when, and the units that sent none (MISSING_FORMS).
- `structure`: the edition of the form, its sheets, labels, formulas and closed cells.
- `tampering`: cells that were merged, hidden, overwritten, or filled beside the form.
- `foreign_sheets`: sheets of another unit's form.
- `single_cells`: what stands in one cell.
- `number_format`: how a number stands in its cell.
- `within_form`: the numbers of one form against each other.
- `lists`: the rows of name lists.
- `optional_cells`: numbers and days that nobody owes.
- `progress_notes`: what a unit writes of the progress of its indicators.
- `since_last_report`: a form against what its unit reported before.
- `continuity`: what is not owed against what was reported before.
- `outliers`: a number against the usual level of its unit.
- `published_values`: a form against what was published.
- `between_units`: the forms of several units against each other.

The rest serves them: `all_rules` lists and applies them, `rule` says what a rule is, `history`
what was reported before, `waiver` lets pass what a unit explains, `credit_code` checks
统一社会信用代码.
"""
