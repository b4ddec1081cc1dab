import {
	networkKinds,
	networkWords,
} from '../../source/exchange/network-words.js';
import {reasonWords} from '../../source/exchange/reason-words.js';
import {stops} from '../../source/exchange/stop-words.js';
import type {Told} from '../../source/exchange/told.js';
import {errorClasses, type ErrorClass} from '../../source/exchange/usage.js';
import {wordsFor} from '../../source/exchange/words.js';
import type {RefusalReason} from '../../source/passthrough/refusal.js';
import {errorFacts} from '../../source/wire/error-class.js';
import {noWords, type ErrorWords} from '../../source/wire/error-words.js';
import {code, codes, markdownTable} from './markdown.js';
import {advice, reasonsInUse, statusOf, whenRefused} from './reasons-table.js';

const at = 0;

/**
Our own answers, with what to do about each. Those that stand for a failed connection send to its own table.
*/
export const ownAnswersTable = (): string =>
	markdownTable(
		['`x-tollgate-reason`', 'status', 'tells the client', 'when', 'what to do'],
		([...reasonsInUse] as RefusalReason[]).map((reason) => [
			code(reason),
			String(statusOf(reason)),
			codes(advice(reason)),
			whenRefused(reason),
			reason === 'unreachable'
				? // Its row has an error class as well, which says more.
					'Look up the code that the message names [below](#no-answer-at-all).'
				: escaped(reasonWords[reason].remedy),
		]),
	);

/**
Each class of error with the statuses it is told by where the words of the error say nothing else.
*/
export function classesTable(): string {
	const statuses = statusesByClass();
	return markdownTable(
		['class', 'status', 'says', 'means', 'what to do'],
		errorClasses
			.filter((one) => !hasOwnTable.has(one))
			.map((errorClass) => [
				code(errorClass),
				(statuses.get(errorClass) ?? []).join(', '),
				...inCells({outcome: 'error', errorClass}),
			]),
	);
}

const hasOwnTable: ReadonlySet<ErrorClass> = new Set([
	'rate_limit',
	'network',
	'truncated',
	'aborted',
]);

function statusesByClass(): ReadonlyMap<ErrorClass, readonly string[]> {
	const told: ReadonlyArray<readonly [number, Partial<ErrorWords>]> = [
		...Array.from({length: 200}, (_, index) => [400 + index, {}] as const),
		[404, {anthropicNotFound: true}],
	];
	const byClass = grouped(told, ([status, words]) => classOf(status, words));
	return new Map(
		Array.from(byClass, ([errorClass, all]) => [
			errorClass,
			inNumbers(all.map(([status]) => status)),
		]),
	);
}

/**
Of a class that takes what is left of a hundred, the hundred is named.
*/
const inNumbers = (statuses: readonly number[]): readonly string[] => [
	...statuses.filter((status) => named.has(status)).map(String),
	...(statuses.length > 50 ? [`other ${String(statuses[0]).charAt(0)}xx`] : []),
];

/**
Statuses that are met in practice; of the rest it is said that they are the rest.
*/
const named: ReadonlySet<number> = new Set([
	400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 504, 529,
]);

const classOf = (status: number, words: Partial<ErrorWords>): ErrorClass =>
	errorFacts(
		{...noWords, ...words},
		{status, path: '/v1/messages', headers: [], now: at, secrets: []},
	).class;

/**
What a 429 can mean, in the order in which it is looked for.
*/
export const limitsTable = (): string =>
	markdownTable(
		['told by', 'says', 'means', 'what to do'],
		limits.map(([by, told]) => [
			by,
			...inCells({
				...told,
				outcome: 'error',
				errorClass: 'rate_limit',
				endedAt: at,
			}),
		]),
	);

const limits: ReadonlyArray<readonly [by: string, told: Told]> = [
	[
		'a message about long context',
		{errorMessage: 'Extra usage is required for long context requests.'},
	],
	[
		'a window of the plan that is full',
		{
			rateLimits: {
				unified: {windows: {'5h': {status: 'rejected', utilization: 1}}},
			},
		},
	],
	['a message about extra usage', {errorMessage: 'Extra usage is used up.'}],
	['a message about acceleration', {errorMessage: 'acceleration limit'}],
	[
		'a limit of which nothing remains',
		{rateLimits: {windows: {requests: {remaining: 0, resetMs: 27_000}}}},
	],
	['nothing of these', {}],
];

/**
Codes of the system and of the HTTP client, each kind with those that are met most.
*/
export function networkTable(): string {
	const known = grouped(networkCodes, (one) =>
		networkKinds.find((kind) => kind.codes.test(one)),
	);
	return markdownTable(
		['code', 'says', 'means', 'what to do'],
		networkKinds.map((kind) => {
			const examples = known.get(kind);
			if (examples === undefined) {
				throw new Error(`Name a code in errors-tables.ts for: ${kind.codes}`);
			}

			const {short, cause, remedy} = networkWords({errorType: examples[0]!});
			return [codes(examples), short[0]!, escaped(cause), escaped(remedy)];
		}),
	);
}

const networkCodes = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'UND_ERR_SOCKET',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'EPROTO',
	'PROXY_407',
	'HPE_INVALID_CONSTANT',
] as const;

/**
Answers that came, and did not end as one hopes.
*/
export const endingsTable = (): string =>
	markdownTable(
		['in the row', 'says', 'means', 'what to do'],
		[
			...(['truncated', 'aborted', 'lost'] as const).map((outcome) => [
				`outcome ${code(outcome)}`,
				...inCells({outcome}),
			]),
			...Array.from(
				grouped([...stops], ([, words]) => words).values(),
				(same) => [
					`stop reason ${codes(same.map(([name]) => name))}`,
					...inCells({outcome: 'ok', stopReason: same[0]![0]}),
				],
			),
		],
	);

function inCells(told: Told): readonly [string, string, string] {
	const {short, cause, remedy} = wordsFor(told, {nowMs: at})!;
	return [
		short[0]!,
		escaped(cause.replace(/ It resets at .*/v, '')),
		escaped(remedy),
	];
}

function grouped<Key, Item>(
	items: readonly Item[],
	keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
	const groups = new Map<Key, Item[]>();
	for (const item of items) {
		const key = keyOf(item);
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}

	return groups;
}

/**
In Markdown a word in brackets is a link; names of settings are none.
*/
const escaped = (text: string): string =>
	text.replaceAll(/\[(?<word>[\w.]+)\](?!\()/gv, String.raw`\[$<word>]`);
