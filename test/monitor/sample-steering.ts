import type {PublishedConfig} from '../../source/control/passthrough-row.js';
import type {
	Active,
	Change,
	EndpointStanding,
	KeyStanding,
	Pause,
	Steering,
} from '../../source/control/steering.js';
import type {Attempt, Exchange, Live} from '../../source/exchange/exchange.js';
import type {Model} from '../../source/monitor/model.js';
import type {Message} from '../../source/monitor/update.js';
import {switchTo} from '../../source/control/switch-to.js';
import {sampleModel} from './sample-model.js';
import {
	attemptRow,
	endedRow,
	exchangeRow,
	liveRow,
	sampleIdentity,
	sampleNowMs,
	sampleRow,
} from './sample-rows.js';

export const steeredConfig: PublishedConfig = {
	endpoints: [
		{
			name: 'kissapi',
			url: 'https://api.kissapi.ai/v1',
			formats: ['anthropic-messages', 'openai-chat'],
		},
		{
			name: 'anthropic',
			url: 'https://api.anthropic.com',
			formats: ['anthropic-messages'],
		},
		{
			name: 'local',
			url: 'http://127.0.0.1:8080/v1',
			formats: ['openai-chat'],
		},
	],
	aliases: [
		{
			name: 'main',
			targets: ['kissapi/glm-5.2', 'anthropic/claude-sonnet-4-6'],
			price: {input: 1.2e9, output: 6e9, cacheWrite5m: 1.5e9},
		},
		{
			name: 'deep',
			targets: ['anthropic/claude-opus-4-8'],
			hasSystem: true,
			price: {input: 5e9, output: 25e9, cacheWrite5m: 6.25e9},
		},
		{
			name: 'fast',
			targets: ['kissapi/qwen3.6-flash', 'anthropic/claude-haiku-4-5'],
			price: {input: 0.25e9, output: 1.5e9, cacheWrite5m: 0.25e9},
		},
		{name: 'local', targets: ['local/gpt-oss-20b'], price: null},
	],
	steer: ['*sonnet*', '*opus*', '*fable*'],
	background: 'as-asked',
	hold: {silentMs: 240_000, mode: 'hold'},
	endpoint: 'kissapi',
};

export const change = <Value>(
	value: Value,
	given: Partial<Change<Value>> = {},
): Change<Value> => ({
	change: 1,
	value,
	setBy: 'monitor',
	setAt: sampleNowMs - 600_000,
	reason: null,
	...given,
});

export const active = (
	alias: string | null,
	given: Partial<Pick<Active, 'until' | 'requestsLeft'>> = {},
	before: string | null = null,
): Active =>
	switchTo(alias, switchTo(before, undefined), {
		until: null,
		requestsLeft: null,
		...given,
	});

export const pause = (
	mode: Pause['mode'],
	until: number | null = null,
): Pause => ({mode, until});

export const standing = (
	name: string,
	given: Partial<EndpointStanding> = {},
): EndpointStanding => ({
	name,
	slots: 8,
	maxSlots: 8,
	inUse: 2,
	queued: 0,
	breakers: [],
	...given,
});

/**
A key that has spent $12.20 of $20 since midnight.
*/
export const keyStanding = (
	name = 'default',
	given: Partial<KeyStanding> = {},
): KeyStanding => ({
	name,
	capNanodollars: 20e9,
	capTokens: null,
	usualNanodollars: 20e9,
	usualTokens: null,
	from: new Date(2026, 10, 22).getTime(),
	resetsAt: new Date(2026, 10, 23).getTime(),
	spentNanodollars: 12.2e9,
	spentTokens: 4_700_000,
	reservedNanodollars: 0,
	reservedTokens: 0,
	unpriced: 0,
	atCap: 'ask',
	warnAt: [0.5, 0.8],
	cheaper: 'fast',
	isReached: false,
	...given,
});

export const sampleSteering = (given: Partial<Steering> = {}): Steering => ({
	change: 3,
	active: change(active('main')),
	pause: change(pause('off')),
	endpoints: [standing('kissapi'), standing('anthropic'), standing('local')],
	configProblem: null,
	needsRestart: [],
	configReadAt: sampleNowMs - 7_800_000,
	...given,
});

/**
That the passthrough steers so now.
*/
export const steers = (given: Partial<Steering> = {}): Message => ({
	kind: 'passthrough',
	row: sampleRow({
		config: steeredConfig,
		steering: sampleSteering(given),
		heartbeatAt: sampleNowMs + 100,
	}),
});

const sentAs = {
	main: {endpoint: 'kissapi', sentModel: 'glm-5.2'},
	deep: {endpoint: 'anthropic', sentModel: 'claude-opus-4-8'},
	fast: {endpoint: 'kissapi', sentModel: 'qwen3.6-flash'},
} as const;

const by = (alias: keyof typeof sentAs): Partial<Exchange> => ({
	alias,
	...sentAs[alias],
});

const finished: readonly Exchange[] = Array.from({length: 40}, (_, index) => {
	const alias = (['main', 'main', 'deep', 'main'] as const)[index % 4]!;
	const tokens = 120 + ((index * 97) % 1900);
	return endedRow(340 - index, {
		agoMs: 14_000 + index * 9700,
		tookMs: 1100 + tokens * (13 + (index % 7)),
		...by(alias),
		servedModel: sentAs[alias].sentModel,
		outputTokens: tokens,
		cacheReadTokens: 48_000 - index * 613,
		costNanodollars: 1e7 + ((index * 37) % 50) * 1e6,
		agentId: ['main', 'task-1', 'task-2'][index % 3]!,
		stopReason: 'tool_use',
		...(index % 9 === 4 && {
			alias: 'main',
			endpoint: 'anthropic',
			sentModel: 'claude-sonnet-4-6',
			servedModel: 'claude-sonnet-4-6',
			fallbacks: 1,
			attempts: 3,
		}),
	});
});

/**
Requests under an alias, of every state that steering makes.
*/
export const steeredExchanges: readonly Exchange[] = [
	exchangeRow(351, {
		...by('main'),
		state: 'streaming',
		startedAt: sampleNowMs - 18_400,
		firstByteAt: sampleNowMs - 17_600,
		agentId: 'main',
	}),
	exchangeRow(350, {
		alias: 'main',
		endpoint: 'anthropic',
		sentModel: 'claude-sonnet-4-6',
		attempts: 2,
		state: 'streaming',
		startedAt: sampleNowMs - 26_200,
		firstByteAt: sampleNowMs - 21_000,
		agentId: 'task-2',
	}),
	exchangeRow(349, {
		...by('main'),
		state: 'held',
		startedAt: sampleNowMs - 32_000,
		agentId: 'task-1',
	}),
	exchangeRow(348, {
		...by('main'),
		state: 'queued',
		startedAt: sampleNowMs - 9000,
		agentId: 'task-3',
	}),
	exchangeRow(347, {
		...by('main'),
		state: 'queued',
		startedAt: sampleNowMs - 5000,
		agentId: 'task-4',
	}),
	exchangeRow(346, {
		...by('main'),
		state: 'waiting',
		attempts: 3,
		startedAt: sampleNowMs - 44_000,
		agentId: 'task-5',
	}),
	endedRow(345, {
		...by('deep'),
		outcome: 'error',
		agoMs: 21_000,
		httpStatus: 529,
		errorClass: 'overloaded',
		errorMessage: 'Overloaded',
		servedModel: null,
		usageStatus: 'none',
		inputTokens: null,
		outputTokens: null,
		cacheReadTokens: null,
		cacheWrite5mTokens: null,
		cacheWrite1hTokens: null,
		firstTokenAt: null,
		costNanodollars: null,
		attempts: 3,
		shownAttempt: 2,
	}),
	endedRow(344, {
		agoMs: 30_000,
		askedModel: 'claude-haiku-4-5',
		sentModel: 'claude-haiku-4-5',
		servedModel: 'claude-haiku-4-5',
		endpoint: 'kissapi',
		outputTokens: 24,
		inputTokens: 900,
		cacheReadTokens: 0,
		cacheWrite5mTokens: 0,
		tookMs: 1600,
		agentId: 'title',
		side: true,
		costNanodollars: 1e6,
	}),
	...finished,
];

const held = (
	id: number,
	reason: NonNullable<Live['holdReason']>,
	given: Partial<Live> = {},
): Live =>
	liveRow(id, {
		state: reason === 'queue' ? 'queued' : 'held',
		holdReason: reason,
		attempts: 0,
		heldSince: sampleNowMs - 12_000,
		silentUntil: sampleNowMs + 228_000,
		...given,
	});

export const steeredLive: readonly Live[] = [
	liveRow(351, {
		state: 'streaming',
		firstByteAt: sampleNowMs - 17_600,
		firstTokenAt: sampleNowMs - 17_200,
		lastByteAt: sampleNowMs - 100,
		inputTokens: 1100,
		cacheReadTokens: 178_900,
		estimatedOutputTokens: 1204,
		servedModel: 'glm-5.2',
	}),
	liveRow(350, {
		state: 'streaming',
		firstByteAt: sampleNowMs - 21_000,
		firstTokenAt: sampleNowMs - 20_600,
		lastByteAt: sampleNowMs - 300,
		inputTokens: 12_300,
		estimatedOutputTokens: 1310,
		attempts: 2,
		servedModel: 'claude-sonnet-4-6',
	}),
	held(349, 'backoff', {
		attempts: 1,
		heldUntil: sampleNowMs + 4000,
		silentUntil: sampleNowMs + 208_000,
	}),
	held(348, 'queue', {heldSince: sampleNowMs - 9000}),
	held(347, 'queue', {heldSince: sampleNowMs - 5000}),
	liveRow(346, {state: 'waiting', attempts: 3}),
];

/**
Two are held at the cap, one waits for what the running ones have reserved.
*/
export const cappedLive: readonly Live[] = [
	...steeredLive.slice(0, 2),
	held(349, 'cap', {
		heldSince: sampleNowMs - 20_000,
		silentUntil: sampleNowMs + 220_000,
	}),
	held(348, 'cap', {
		heldSince: sampleNowMs - 9000,
		silentUntil: sampleNowMs + 231_000,
	}),
	held(347, 'reserved', {
		heldSince: sampleNowMs - 5000,
		silentUntil: sampleNowMs + 235_000,
	}),
];

/**
All that came under way is held: paused, or by strikes.
*/
export const pausedLive = (
	reason: 'paused' | 'strikes' = 'paused',
): readonly Live[] => [
	...steeredLive.slice(0, 2),
	held(349, reason, {attempts: 1, heldSince: sampleNowMs - 32_000}),
	held(348, reason, {
		heldSince: sampleNowMs - 9000,
		silentUntil: sampleNowMs + 231_000,
	}),
	held(347, reason, {
		heldSince: sampleNowMs - 5000,
		silentUntil: sampleNowMs + 235_000,
	}),
	held(346, reason, {
		attempts: 3,
		heldSince: sampleNowMs - 301_000,
		silentUntil: sampleNowMs - 61_000,
	}),
];

const failed = (
	id: number,
	exchange: number,
	number: number,
	given: Partial<Attempt>,
): Attempt =>
	attemptRow(id, exchange, {
		number,
		httpStatus: 429,
		errorClass: 'rate_limit',
		outcome: 'error',
		endpoint: 'kissapi',
		sentModel: 'glm-5.2',
		...given,
	});

export const steeredAttempts: readonly Attempt[] = [
	...finished.map(({id, startedAt, endedAt}) =>
		attemptRow(1000 + id, id, {startedAt, endedAt}),
	),
	failed(900, 349, 1, {
		startedAt: sampleNowMs - 32_000,
		endedAt: sampleNowMs - 12_000,
		retryAfterMs: 16_000,
	}),
	failed(901, 346, 1, {
		startedAt: sampleNowMs - 44_000,
		endedAt: sampleNowMs - 43_000,
	}),
	failed(902, 346, 2, {
		startedAt: sampleNowMs - 38_000,
		endedAt: sampleNowMs - 37_000,
	}),
	failed(903, 350, 1, {
		httpStatus: 529,
		errorClass: 'overloaded',
		startedAt: sampleNowMs - 26_200,
		endedAt: sampleNowMs - 25_300,
	}),
	failed(904, 350, 2, {
		httpStatus: 200,
		errorClass: null,
		outcome: 'open',
		endpoint: 'anthropic',
		sentModel: 'claude-sonnet-4-6',
		startedAt: sampleNowMs - 25_200,
		endedAt: null,
	}),
	failed(905, 345, 1, {
		endpoint: 'anthropic',
		sentModel: 'claude-opus-4-8',
		startedAt: sampleNowMs - 27_000,
		endedAt: sampleNowMs - 26_000,
	}),
	failed(906, 345, 2, {
		httpStatus: 529,
		errorClass: 'overloaded',
		endpoint: 'anthropic',
		sentModel: 'claude-opus-4-8',
		startedAt: sampleNowMs - 24_000,
		endedAt: sampleNowMs - 23_000,
	}),
	failed(907, 345, 3, {
		httpStatus: 404,
		errorClass: 'model_not_found',
		endpoint: 'kissapi',
		sentModel: 'claude-opus-4-8',
		startedAt: sampleNowMs - 22_500,
		endedAt: sampleNowMs - 21_000,
	}),
];

export const steeredMessages = (
	given: Partial<Steering> = {},
	live: readonly Live[] = steeredLive,
): readonly Message[] => [
	{
		kind: 'supervisor',
		state: {
			kind: 'joined',
			identity: sampleIdentity({config: steeredConfig}),
		},
		nowMs: sampleNowMs,
	},
	{
		kind: 'attached',
		news: {
			revision: 9,
			exchanges: steeredExchanges,
			attempts: steeredAttempts,
		},
	},
	{kind: 'live', rows: live},
	steers(given),
];

/**
A monitor over a passthrough that steers, after more messages.
*/
export const steeredModel = (
	given: Parameters<typeof sampleModel>[0] = {},
	messages: readonly Message[] = [],
	{steering, live}: {steering?: Partial<Steering>; live?: readonly Live[]} = {},
): Model =>
	sampleModel(given, [...steeredMessages(steering, live), ...messages]);

/**
What a passthrough says of steering in the states that a user meets.
*/
export const steerings = {
	steady: {},
	timed: {
		active: change(active('deep', {until: sampleNowMs + 754_000}, 'main')),
	},
	counted: {active: change(active('fast', {requestsLeft: 3}))},
	asAsked: {active: change(active(null))},
	paused: {
		pause: change(pause('hold', sampleNowMs + 593_000), {
			setBy: 'command',
			setAt: sampleNowMs - 7000,
			reason: 'the deploy runs',
		}),
	},
	refusing: {pause: change(pause('refuse'), {setAt: sampleNowMs - 7000})},
	strikes: {
		pause: change(pause('hold', sampleNowMs + 480_000), {
			setBy: 'strikes',
			setAt: sampleNowMs - 12_000,
			reason: 'one request failed three times, the last with 529 overloaded',
		}),
	},
	troubled: {
		endpoints: [
			standing('kissapi', {slots: 4, inUse: 4, queued: 3}),
			standing('anthropic', {
				breakers: [
					{
						model: 'claude-opus-4-8',
						state: 'open',
						until: sampleNowMs + 12_000,
					},
				],
			}),
			standing('local', {
				breakers: [{model: null, state: 'probing', until: sampleNowMs}],
			}),
		],
	},
	guarded: {
		pause: change(pause('hold'), {
			setBy: 'guard',
			setAt: sampleNowMs - 12_000,
			reason: 'desktop spends $4.10 a minute, 12 times its usual',
		}),
	},
	capped: {keys: [keyStanding()]},
	explained: {
		keys: [
			keyStanding('default', {
				spentNanodollars: 16.9e9,
				reservedNanodollars: 0.9e9,
				resetsAt: new Date(2026, 10, 23, 4).getTime(),
				unpriced: 3,
			}),
		],
	},
	reached: {
		keys: [
			keyStanding('default', {spentNanodollars: 20.03e9, isReached: true}),
		],
	},
	several: {
		keys: [
			keyStanding('desktop', {spentNanodollars: 16.9e9}),
			keyStanding('ci', {
				capNanodollars: null,
				capTokens: 5_000_000,
				spentTokens: 1_200_000,
				spentNanodollars: 0.8e9,
				atCap: 'refuse',
				warnAt: [0.5],
				cheaper: null,
			}),
			keyStanding('default', {
				capNanodollars: null,
				spentNanodollars: 0.25e9,
			}),
		],
		warnings: [
			'The key ci was used by claude-cli in a terminal.',
			'An Anthropic key (…f3a9) went to the gateway kissapi.',
		],
	},
	misconfigured: {
		configProblem:
			'config.toml:14: "kisapi" is no endpoint; did you mean "kissapi"?',
	},
} satisfies Record<string, Partial<Steering>>;
