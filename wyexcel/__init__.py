"""From a target plan to a printed bulletin, by way of many people's workbooks."""
