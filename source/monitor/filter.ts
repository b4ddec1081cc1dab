import type {Exchange} from '../exchange/exchange.js';
import type {Entry} from './exchange-list.js';
import type {Model} from './model.js';

/**
What a word can be restricted to, as in `state:held`.
*/
export const filterFields = [
	'model',
	'alias',
	'state',
	'session',
	'key',
	'endpoint',
	'status',
	'from',
	'id',
] as const;
export type FilterField = (typeof filterFields)[number];

type Word = Readonly<{
	field: FilterField | undefined;
	/**
	In lower case; never empty.
	*/
	text: string;
	isExcluded: boolean;
}>;

/**
All of these must hold; without any, everything matches.
*/
export type Filter = readonly Word[];

/**
The part of an entry that a filter looks at.
*/
export type Sifted = Pick<Entry, 'exchange' | 'live' | 'state'>;

/**
What the list is filtered by: while a filter is typed, by that.
*/
export const filterInForce = ({
	filter,
	filterInput,
}: Pick<Model, 'filter' | 'filterInput'>): string => filterInput ?? filter;

/**
What a filter means: words between spaces, `field:value`, and `-word` for what must not match. A word that is
not whole yet, such as `-` or `model:`, asks for nothing.
*/
export function parseFilter(text: string): Filter {
	if (text !== known.text) {
		const words = text.toLowerCase().split(/\s+/v);
		known = {text, filter: words.flatMap((word) => wordsIn(word))};
	}

	return known.filter;
}

/**
It is asked for with every frame, and changes with a key press.
*/
let known: Readonly<{text: string; filter: Filter}> = {text: '', filter: []};

const wordsIn = (typed: string): Filter => {
	const isExcluded = typed.startsWith('-');
	const word = isExcluded ? typed.slice(1) : typed;
	const colon = word.indexOf(':');
	// Models have colons in their names, too.
	const field = filterFields.find((name) => name === word.slice(0, colon));
	const text = field === undefined ? word : word.slice(colon + 1);
	return text === '' ? [] : [{field, text, isExcluded}];
};

export const matches = (filter: Filter, entry: Sifted): boolean =>
	filter.every(
		({field, text, isExcluded}) =>
			isExcluded !==
			(field === undefined
				? filterFields.some((name) => anywhere[name](entry, text))
				: within[field](entry, text)),
	);

/**
In lower case; `shown` is who asked, as the list has it.
*/
type Texts = Readonly<Record<FilterField | 'shown', readonly string[]>>;

/**
An exchange that changes comes as another object.
*/
const knownTexts = new WeakMap<Exchange, Texts>();

const textsOf = (exchange: Exchange): Texts => {
	const found = knownTexts.get(exchange) ?? textsIn(exchange);
	knownTexts.set(exchange, found);
	return found;
};

const textsIn = (exchange: Exchange): Texts => {
	const {client, agentId, session, httpStatus, errorClass} = exchange;
	const program = /^[^\s\(\/]+/v.exec(client ?? '')?.[0];
	return {
		model: lower([
			exchange.askedModel,
			exchange.sentModel,
			exchange.servedModel,
		]),
		alias: lower([exchange.alias]),
		// `open`, `refused`, `truncated`: finer than the state.
		state: lower([exchange.outcome ?? 'open']),
		session: lower([session]),
		key: lower([exchange.key]),
		endpoint: lower([exchange.endpoint]),
		status: lower([
			httpStatus === null ? null : String(httpStatus),
			httpStatus === null ? null : `${Math.floor(httpStatus / 100)}xx`,
			errorClass,
		]),
		from: lower([client, agentId]),
		shown: lower([[program, agentId ?? session].filter(Boolean).join('/')]),
		id: [String(exchange.id)],
	};
};

const lower = (
	texts: ReadonlyArray<string | null | undefined>,
): readonly string[] =>
	texts
		.filter((text) => text !== null && text !== undefined)
		.map((text) => text.toLowerCase());

type Test = (entry: Sifted, text: string) => boolean;

const has =
	(field: FilterField): Test =>
	({exchange}, text) =>
		textsOf(exchange)[field].some((one) => one.includes(text));

const begins =
	(field: keyof Texts): Test =>
	({exchange}, text) =>
		textsOf(exchange)[field].some((one) => one.startsWith(text));

const hasModel: Test = (entry, text) =>
	has('model')(entry, text) ||
	(entry.live?.servedModel?.toLowerCase().includes(text) ?? false);

const hasState: Test = (entry, text) =>
	entry.state.includes(text) ||
	has('state')(entry, text) ||
	(entry.state === 'held' &&
		((entry.live ?? entry.exchange).holdReason?.includes(text) ?? false));

/**
What a word with a field is looked for in.
*/
const within: Readonly<Record<FilterField, Test>> = {
	model: hasModel,
	alias: has('alias'),
	state: hasState,
	session: begins('session'),
	key: has('key'),
	endpoint: has('endpoint'),
	status: begins('status'),
	from: (entry, text) =>
		has('from')(entry, text) ||
		begins('session')(entry, text) ||
		begins('shown')(entry, text),
	id: begins('id'),
};

/**
What any word is looked for in. Sessions are long and of letters and digits that mean nothing, and so are ids:
parts of them would match by accident.
*/
const anywhere: Readonly<Record<FilterField, Test>> = {
	...within,
	status: has('status'),
	from: has('from'),
	id: ({exchange}, text) => String(exchange.id) === text,
};
