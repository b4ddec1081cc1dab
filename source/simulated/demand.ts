import type {AnswerWishes} from './answer.js';
import {codings, type Coding, type Fault, type Interruption} from './faults.js';

/**
All that a request's `x-simulate` header asks for.
*/
export type Demand = Readonly<{
	fault?: Fault;
	wishes: AnswerWishes;
	pace?: number;
	compress?: Coding;
}>;

/**
Reads an `x-simulate` header: words and settings between semicolons, e.g. `429; retry-after=2`,
`stall=5000; after=3`, `cut`, `tokens=40; tools=1`. A sentence says what it does not know.
*/
export function readDemand(header: string): Demand | string {
	const settings = settingsIn(header);
	const strange = Object.keys(settings).filter(
		(name) => !known.has(name) && !isStatus(name),
	);
	if (strange.length > 0) {
		return `x-simulate does not know ${strange.join(', ')}; it knows an HTTP error status, ${knownWords.join(', ')}.`;
	}

	const compress = codings.find((coding) => settings[coding] !== undefined);
	return {
		fault: demandedFault(settings),
		wishes: {
			tokens: amount(settings, 'tokens'),
			tools: amount(settings, 'tools'),
			refused: 'refusal' in settings,
		},
		pace: amount(settings, 'pace'),
		compress,
	};
}

const knownWords = [
	'ok',
	'quota',
	'html502',
	'html',
	'reset',
	'hang',
	'json',
	'slow',
	'stall',
	'cut',
	'error',
	'after',
	'retry-after',
	'retry-after-ms',
	'should-retry',
	'tokens',
	'tools',
	'refusal',
	'pace',
	...codings,
] as const;
const known = new Set<string>(knownWords);

type Settings = Readonly<Record<string, string | undefined>>;

function settingsIn(header: string): Settings {
	const pairs = header
		.toLowerCase()
		.split(';')
		.map((setting) => setting.split('=', 2))
		.map(([name = '', value = '']) => [name.trim(), value.trim()])
		.filter(([name]) => name !== '');
	return Object.fromEntries(pairs) as Settings;
}

function isStatus(name: string): boolean {
	return /^[45]\d\d$/.test(name);
}

function demandedFault(settings: Settings): Fault | undefined {
	const status = Object.keys(settings).find((name) => isStatus(name));
	if (status !== undefined || 'quota' in settings) {
		return {
			kind: 'refused',
			status: Number(status ?? 429),
			retryAfter: settings['retry-after'],
			retryAfterMs: settings['retry-after-ms'],
			shouldRetry: settings['should-retry'],
			quota: 'quota' in settings,
		};
	}

	if ('html502' in settings || 'html' in settings) {
		return {kind: 'page', status: amount(settings, 'html')};
	}

	const plain = plainFaults.find(([word]) => settings[word] !== undefined);
	if (plain) {
		return {kind: plain[1]};
	}

	return 'slow' in settings
		? {kind: 'slow', ms: amount(settings, 'slow') ?? 3000}
		: demandedInterruption(settings);
}

const plainFaults = [
	['reset', 'reset'],
	['hang', 'silent'],
	['json', 'unstreamed'],
] as const;

function demandedInterruption(settings: Settings): Interruption | undefined {
	const after = amount(settings, 'after');
	if ('stall' in settings) {
		return {kind: 'stalled', after, ms: amount(settings, 'stall')};
	}

	if ('cut' in settings) {
		return {kind: 'cut', after};
	}

	return 'error' in settings ? {kind: 'broken', after} : undefined;
}

function amount(settings: Settings, name: string): number | undefined {
	const value = settings[name];
	return value === undefined || value === '' || Number.isNaN(Number(value))
		? undefined
		: Number(value);
}
