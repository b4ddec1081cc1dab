import {
	contributionSql,
	contributionTuple,
	countedMeasures,
	decidingColumns,
} from './ledger-sql.js';
import {mark} from './rollup-tables.js';

const release = (row: 'NEW' | 'OLD'): string =>
	`DELETE FROM reservations WHERE exchange = ${row}.id;`;

const add = `INSERT INTO counted (key, quarter, nanodollars, tokens, unpriced) ${contributionSql('NEW')}
	ON CONFLICT DO UPDATE SET ${countedMeasures.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')};`;

/**
Of an exchange from before the counting began there is nothing to take back.
*/
const takeBack = `UPDATE counted SET ${countedMeasures.map((name) => `${name} = max(0, counted.${name} - gone.${name})`).join(', ')}
	FROM (${contributionSql('OLD')}) AS gone WHERE counted.key = gone.key AND counted.quarter = gone.quarter;`;

const prefix = 'ledger_';

/**
What keeps the counters in step with every write, whoever writes: SQLite runs it in the same transaction. An
exchange that ends takes its reservation with it. Pruning lowers no counter.
*/
const triggers: Readonly<Record<string, string>> = {
	ended: `AFTER UPDATE OF outcome ON exchanges WHEN OLD.outcome IS 'open' AND NEW.outcome IS NOT 'open'
		BEGIN ${release('NEW')} ${add} END`,
	corrected: `AFTER UPDATE OF ${decidingColumns.join(', ')} ON exchanges
		WHEN OLD.outcome <> 'open' AND ${contributionTuple('NEW')} IS NOT ${contributionTuple('OLD')}
		BEGIN ${takeBack} ${add} END`,
	appeared: `AFTER INSERT ON exchanges WHEN NEW.outcome <> 'open' BEGIN ${add} END`,
	gone: `AFTER DELETE ON exchanges WHEN NOT ${mark('pruning')}
		BEGIN ${release('OLD')} ${takeBack} END`,
};

/**
By name: what they do is looked at by nobody but their own version.
*/
export const ledgerTriggers: ReadonlyMap<string, string> = new Map(
	Object.entries(triggers).map(([name, sql]) => [
		prefix + name,
		`CREATE TRIGGER ${prefix}${name} ${sql}`,
	]),
);

export const isLedgerTrigger = (name: string): boolean =>
	name.startsWith(prefix);
