/**
What is selected from where only the open exchanges are wanted: see `writers` in schema.ts. Told where to
begin by a value of its own, SQLite walks the newest rows; a bound that each writer has for itself it meets
by reading all that there is.
*/
export const fromOpenSql = `
	FROM exchanges JOIN writers ON writers.owner = exchanges.owner AND writers.openFrom <= exchanges.id
	AND exchanges.id >= (SELECT min(openFrom) FROM writers) AND exchanges.outcome = 'open'
`;
