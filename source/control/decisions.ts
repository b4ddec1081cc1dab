import type Database from 'better-sqlite3';
import {cleanText} from '../exchange/clean.js';
import {prepared} from '../usage-log/prepared.js';
import type {By} from './control-rows.js';
import {isPlainName, isSetter, isWhole} from './readable.js';

/**
What becomes of a request that is held at its cap: it may pass this once, it goes on with another alias, or it
is turned away.
*/
export type CapDecision = Readonly<
	{kind: 'once'} | {kind: 'alias'; alias: string} | {kind: 'refuse'}
>;

export const orderKinds = ['resume', 'cancel'] as const;
/**
What is asked of any request under way: that it goes on although all are paused, or that it ends.
*/
export type OrderKind = (typeof orderKinds)[number];
export type OrderDecision = Readonly<{kind: OrderKind}>;

export type Decision = CapDecision | OrderDecision;

export const isOrder = <Given extends Decision>(
	decision: Given,
): decision is Given & OrderDecision =>
	(orderKinds as readonly string[]).includes(decision.kind);

const table = `
	CREATE TABLE IF NOT EXISTS decisions (
		home TEXT NOT NULL,
		exchange INTEGER NOT NULL,
		decision TEXT NOT NULL,
		alias TEXT,
		setBy TEXT NOT NULL,
		setAt INTEGER NOT NULL,
		reason TEXT,
		PRIMARY KEY (home, exchange)
	) WITHOUT ROWID
`;

/**
Creates the table. Runs inside a transaction of the caller.
*/
export function prepareDecisions(db: Database.Database): void {
	db.exec(table);
}

/**
Writes what was decided about an open exchange, in place of what was decided before. Answers whether it was
open still. Runs inside a transaction of the caller, after `prepareDecisions`.
*/
// eslint-disable-next-line max-params -- Where, about what, what, and by whom.
export function writeDecision(
	db: Database.Database,
	home: string,
	exchange: number,
	decision: Decision,
	by: By,
): boolean {
	prepared(db, dropEndedSql).run();
	const {changes} = prepared(db, writeSql).run({
		home,
		exchange,
		decision: decision.kind,
		alias: decision.kind === 'alias' ? decision.alias : null,
		...by,
		reason: by.reason === null ? null : cleanText(by.reason),
	});
	return changes > 0;
}

// Whoever asked for them has died, or the client has left.
const dropEndedSql = `
	DELETE FROM decisions WHERE NOT EXISTS (
		SELECT 1 FROM exchanges WHERE id = decisions.exchange AND outcome = 'open'
	)
`;

const writeSql = `
	INSERT OR REPLACE INTO decisions (home, exchange, decision, alias, setBy, setAt, reason)
	SELECT @home, @exchange, @decision, @alias, @setBy, @setAt, @reason
	FROM exchanges WHERE id = @exchange AND outcome = 'open'
`;

/**
What was decided in a home and not forgotten since, by exchange. None in a log without such rows; one that
makes no sense is left out.
*/
export function readDecisions(
	db: Database.Database,
	home: string,
): ReadonlyMap<number, Decision & By> {
	if (!hasTable(db)) {
		return new Map();
	}

	const rows = prepared(db, 'SELECT * FROM decisions WHERE home = ?').all(
		home,
	) as ReadonlyArray<Readonly<Record<string, unknown>>>;
	return new Map(
		rows.flatMap((row) => {
			const decision = decisionIn(row);
			return decision === undefined
				? []
				: [[row['exchange'] as number, decision] as const];
		}),
	);
}

const plainKinds = ['once', 'refuse', ...orderKinds] as const;

function decisionIn({
	decision: kind,
	alias,
	setBy: setter,
	setAt: at,
	reason,
}: Readonly<Record<string, unknown>>): (Decision & By) | undefined {
	if (!isSetter(setter) || !isWhole(at)) {
		return undefined;
	}

	const by: By = {
		setBy: setter,
		setAt: at,
		reason: typeof reason === 'string' ? reason : null,
	};
	const plain = plainKinds.find((one) => one === kind);
	if (plain !== undefined) {
		return {kind: plain, ...by};
	}

	return kind === 'alias' && isPlainName(alias)
		? {kind, alias, ...by}
		: undefined;
}

/**
Forgets what was decided about exchanges, once it is done; what was decided of them since stays. Runs inside a
transaction of the caller.
*/
export function forgetDecisions(
	db: Database.Database,
	home: string,
	done: Iterable<readonly [exchange: number, decision: Decision & By]>,
): void {
	if (!hasTable(db)) {
		return;
	}

	const forget = prepared(
		db,
		'DELETE FROM decisions WHERE home = ? AND exchange = ? AND decision = ? AND setAt = ?',
	);
	for (const [exchange, {kind, setAt: at}] of done) {
		forget.run(home, exchange, kind, at);
	}
}

const hasTable = (db: Database.Database): boolean =>
	prepared(db, "SELECT 1 FROM sqlite_schema WHERE name = 'decisions'").get() !==
	undefined;
