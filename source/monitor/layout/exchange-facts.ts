import type {Exchange} from '../../exchange/exchange.js';
import {limitWindows} from '../../exchange/limit-windows.js';
import {
	show,
	showCount,
	showDuration,
	showMoney,
	showWait,
} from '../../exchange/show.js';
import {showLimit} from '../../exchange/show-limit.js';
import type {Words} from '../../exchange/said.js';
import {wordsFor} from '../../exchange/words.js';
import {asOfMs} from '../connection.js';
import {listedEntries, type Entry} from '../exchange-list.js';
import type {Model} from '../model.js';
import {queuePlaces} from '../queue-places.js';
import {isOpen, quietForMs, toneOf} from '../row-state.js';
import {steeringOf} from '../steering-of.js';
import type {Glyphs, Tone} from '../theme.js';
import {gapOf, priceHint} from '../../pricing/price-hint.js';
import {attemptFacts} from './attempt-facts.js';
import {costInFull} from './cost-text.js';
import {fromOf} from './from.js';
import {heldInFull} from './held-text.js';
import {knownModels} from './known-models.js';
import {reasonTexts, targetText} from './reason.js';
import {breakerText, slotsText} from './standing.js';
import {tokenFacts} from './token-facts.js';

export type Fact = readonly [label: string, text: string, tone?: Tone];

/**
What is known of one exchange in words, what matters most first; the text is empty for what is not known.
*/
export type FactGroups = Readonly<{
	state: readonly Fact[];
	time: readonly Fact[];
	tries: readonly Fact[];
	tokens: readonly Fact[];
	cost: readonly Fact[];
	rest: readonly Fact[];
}>;

export const factsOf = (
	model: Model,
	entry: Entry,
	glyphs: Glyphs,
): readonly Fact[] => Object.values(factGroups(model, entry, glyphs)).flat();

export function factGroups(
	model: Model,
	entry: Entry,
	glyphs: Glyphs,
): FactGroups {
	const {exchange, state} = entry;
	const nowMs = asOfMs(model);
	return {
		state: stateFacts(model, entry, glyphs),
		time: [
			['time', timeText(entry, nowMs)],
			[
				'quiet',
				quietText(entry, nowMs),
				state === 'stalled' ? 'warn' : undefined,
			],
		],
		tries: attemptFacts(model, entry),
		tokens: tokenFacts(entry, nowMs, glyphs),
		cost: [
			['cost', costInFull(exchange, glyphs), unpricedTone(entry)],
			...priceFacts(entry),
			['repeated', retriedText(exchange)],
		],
		rest: restFacts(entry, glyphs),
	};
}

function stateFacts(
	model: Model,
	entry: Entry,
	glyphs: Glyphs,
): readonly Fact[] {
	const {exchange, state} = entry;
	const nowMs = asOfMs(model);
	const queue =
		state === 'held'
			? queuePlaces(listedEntries(model)).get(exchange.id)
			: undefined;
	const why =
		reasonTexts(entry, {attempts: model.attempts, nowMs, queue})[0] ?? '';
	const words = wordsOf(model, entry, nowMs);
	return [
		[
			'state',
			`${glyphs[state]} ${[state, why].filter(Boolean).join(': ')}`,
			toneOf[state],
		],
		['cause', words?.cause ?? ''],
		['remedy', words?.remedy ?? '', 'bold'],
		['held', isHeld(entry) ? heldInFull(entry.live, nowMs) : ''],
		['alias', aliasFact(entry)],
		['model', modelRoad(entry, glyphs)],
		['', standingFact(model, exchange, nowMs), 'warn'],
	];
}

const restFacts = (entry: Entry, glyphs: Glyphs): readonly Fact[] => {
	const {exchange} = entry;
	return [
		['status', statusText(entry)],
		['error', errorText(entry), 'bad'],
		['message', exchange.errorMessage ?? '', 'bad'],
		['hint', exchange.hint ?? ''],
		['oddities', (exchange.anomalies ?? []).join(', '), 'warn'],
		['repeats', repeatText(entry)],
		['endpoint', [exchange.endpoint, exchange.path].filter(Boolean).join('  ')],
		['from', fromOf(exchange, Infinity, glyphs)],
		['side', exchange.side ? 'a side request, such as a title' : ''],
		['session', exchange.session ?? ''],
		['agent', exchange.agentId ?? ''],
		['key', exchange.key ?? ''],
		['client', exchange.client ?? ''],
		[
			'tier',
			[
				exchange.serviceTier,
				exchange.speed && `speed ${exchange.speed}`,
				exchange.inferenceGeo && `geography ${exchange.inferenceGeo}`,
			]
				.filter(Boolean)
				.join('  '),
		],
		['limits', limitsText(entry)],
		['again in', againText(exchange)],
		['request', exchange.requestId ?? ''],
		['answer', exchange.messageId ?? ''],
		['bytes', bytesText(entry)],
		[
			'started',
			exchange.startedAt === null ? '' : show('instant', exchange.startedAt),
		],
	];
};

const isHeld = ({exchange, live}: Entry): boolean =>
	isOpen(exchange) &&
	['held', 'queued'].includes(live?.state ?? exchange.state ?? '');

const aliasFact = ({exchange: {alias}, fallbacks}: Entry): string =>
	[alias, fallbacks > 0 ? targetText(fallbacks) : null]
		.filter(Boolean)
		.join('  ');

/**
Slots and breakers of its endpoint, where there is something to say of them.
*/
const standingFact = (
	model: Model,
	{endpoint, outcome}: Exchange,
	nowMs: number,
): string => {
	const standing =
		outcome === 'open'
			? steeringOf(model)?.endpoints.find(({name}) => name === endpoint)
			: undefined;
	return standing
		? [
				slotsText(standing),
				...standing.breakers.map((breaker) =>
					[breaker.model, breakerText(breaker, nowMs)]
						.filter(Boolean)
						.join(' '),
				),
			]
				.filter(Boolean)
				.join('  ')
		: '';
};

const unpricedTone = ({exchange}: Entry): Tone | undefined =>
	exchange.priceSource === 'unpriced' ? 'warn' : undefined;

/**
What to do about it, and what to write in the config.
*/
function priceFacts({exchange}: Entry): readonly Fact[] {
	if (exchange.priceSource !== 'unpriced') {
		return [];
	}

	const {advice, write} = priceHint(gapOf(exchange));
	return [advice, ...write]
		.filter((line) => line !== '')
		.map((line, index): Fact => [index === 0 ? 'to price' : '', line]);
}

const wordsOf = (
	model: Model,
	{exchange}: Entry,
	nowMs: number,
): Words | undefined =>
	wordsFor(exchange, {
		nowMs,
		// They are gathered from all that is in sight.
		models:
			exchange.errorClass === 'model_not_found'
				? knownModels(model)
				: undefined,
	});

const repeatText = ({exchange: {retryOf, waitedMs}}: Entry): string =>
	retryOf
		? `request ${retryOf}${waitedMs === null ? '' : ` after ${showDuration(waitedMs)}`}`
		: '';

const limitsText = ({exchange: {rateLimits, startedAt}}: Entry): string =>
	limitWindows(rateLimits ?? {}, startedAt ?? 0)
		.map((window) => showLimit(window))
		.join(', ');

const modelRoad = ({exchange, live}: Entry, glyphs: Glyphs): string => {
	const road = [
		exchange.askedModel,
		exchange.sentModel,
		exchange.servedModel ?? live?.servedModel,
	].filter((name) => name !== null && name !== undefined);
	return road
		.filter((name, index) => name !== road[index - 1])
		.join(` ${glyphs.arrow} `);
};

const retriedText = ({retriedNanodollars}: Exchange): string =>
	retriedNanodollars
		? `${showMoney(retriedNanodollars)} went to the failed request that it repeats`
		: '';

const againText = ({retryAfterMs}: Exchange): string =>
	retryAfterMs === null
		? ''
		: `${showDuration(retryAfterMs)}, said the endpoint`;

const timeText = ({exchange, live}: Entry, nowMs: number): string => {
	const {startedAt, endedAt, heldMs} = exchange;
	const firstAt = live?.firstTokenAt ?? exchange.firstTokenAt;
	return startedAt === null
		? ''
		: [
				`${showDuration((endedAt ?? nowMs) - startedAt)}${endedAt === null ? ' so far' : ''}`,
				firstAt === null
					? ''
					: `${showDuration(firstAt - startedAt)} to first token`,
				heldMs ? `${showDuration(heldMs)} held` : '',
			]
				.filter(Boolean)
				.join('  ');
};

const quietText = ({live, state}: Entry, nowMs: number): string =>
	state === 'stalled'
		? `${showWait(quietForMs(live, nowMs) ?? 0)} since the last byte`
		: '';

const statusText = ({exchange}: Entry): string =>
	[exchange.httpStatus ?? '', exchange.stopReason ?? '']
		.filter((part) => part !== '')
		.join('  ');

const errorText = ({exchange: {errorClass, errorType}}: Entry): string =>
	[errorClass, errorType === errorClass ? null : errorType]
		.filter(Boolean)
		.join('  ');

const bytesText = ({exchange, live}: Entry): string => {
	const {requestBytes} = exchange;
	const received = exchange.responseBytes ?? live?.responseBytes ?? null;
	return [
		requestBytes === null ? '' : `${showCount(requestBytes)} sent`,
		received === null ? '' : `${showCount(received)} received`,
	]
		.filter(Boolean)
		.join('  ');
};
