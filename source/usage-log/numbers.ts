/**
The revision that a statement gives out: one above the newest in the log. Every change of an exchange
ends with its own row taking the newest one, and pruning leaves the newest row where it is, so none is
ever given out twice. Only for statements that hold the write lock.
*/
export const nextRevisionSql =
	'(SELECT coalesce(max(revision), 0) + 1 FROM exchanges)';

/**
The last revision given out.
*/
export const lastRevisionSql =
	'SELECT coalesce(max(revision), 0) FROM exchanges';

/**
The number of tries one exchange may have: an attempt's id is its exchange's times this plus its number.
*/
export const attemptsPerExchange = 1000;
