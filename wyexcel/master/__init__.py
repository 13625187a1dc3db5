"""The master workbook (主工作簿): the desk, the plan as sheets, every sheet to be filled."""
