import {showClock, showMoney} from '../exchange/show.js';
import {gapOf, priceHint} from '../pricing/price-hint.js';
import type {Alert} from './alerts.js';
import {cappedKeys, isReached, measuresOf} from './caps.js';
import {keyName} from './key-name.js';
import {knownSinceMs} from './known-since.js';
import type {Model} from './model.js';
import {summedUnder} from './tokens-of.js';

/**
What is wrong about money: caps that are reached, models without a price, prompt caches that break.
*/
export const capAlerts = (model: Model): readonly Alert[] => [
	...reachedAlerts(model),
	...unpricedAlerts(model),
	...brokenCacheAlert(model),
];

const reachedAlerts = (model: Model): readonly Alert[] =>
	cappedKeys(model).flatMap((key): readonly Alert[] => {
		const [measure] = measuresOf(key);
		return measure && isReached(measure)
			? [
					{
						id: `cap ${key.name}`,
						sinceMs: undefined,
						tone: 'bad',
						text: `Today's cap of ${key.name} is reached: ${key.atCap === 'refuse' ? 'requests are refused' : key.atCap.startsWith('alias:') ? `requests go on with ${key.atCap.slice('alias:'.length)}` : 'requests are held'} until ${showClock(key.resetsAt)}.`,
						remedy: model.readOnly
							? '"tollgate cap" raises it.'
							: `${keyName(model, 'cap')} raises it for today; daily_cap in config.toml holds every day.`,
					},
				]
			: [];
	});

function unpricedAlerts(model: Model): readonly Alert[] {
	return model.totals
		.filter(({unpriced}) => unpriced > 0)
		.map((total): Alert => {
			const example = Array.from(model.exchanges.values()).findLast(
				(exchange) =>
					exchange.priceSource === 'unpriced' &&
					summedUnder(exchange, undefined) === total.model,
			);
			const gap = example
				? gapOf(example)
				: ({model: total.model, lacks: 'model'} as const);
			const {why, advice, write} = priceHint(gap);
			const count = total.unpriced;
			return {
				id: `unpriced ${total.model}`,
				sinceMs: undefined,
				tone: 'warn',
				text: `${count === 1 ? '1 request' : `${count} requests`} of today ${count === 1 ? 'has' : 'have'} no price, and no cap counts ${count === 1 ? 'it' : 'them'}: ${why}.`,
				remedy: [advice, ...write.map((line) => line.split('  #', 1)[0]!)]
					.filter(Boolean)
					.join('  '),
				exchange: example?.id,
			};
		});
}

const fewestBreaks = 3;
const dearNanodollars = 1e9;

/**
Now and then a cache is broken by who works; several times a day by what is wrong.
*/
function brokenCacheAlert(model: Model): readonly Alert[] {
	const {exchanges, totals, nowMs} = model;
	const sinceMs = nowMs - dayMs;
	const broken = Array.from(exchanges.values()).filter(
		({rebuiltTokens, startedAt}) =>
			Boolean(rebuiltTokens) && (startedAt ?? 0) > sinceMs,
	);
	const cost = totals.reduce(
		(sum, {rebuiltNanodollars}) => sum + rebuiltNanodollars,
		0,
	);
	// Of those that are no longer held nobody can say how many there were.
	const least = knownSinceMs(model) > sinceMs ? 'at least ' : '';
	const times = broken.length === 1 ? 'once' : `${broken.length} times`;
	const said = [
		...(broken.length > 0 ? [`${least}${times} in 24 hours`] : []),
		...(cost > 0 ? [`which cost ${showMoney(cost)} today`] : []),
	];
	const newest = broken.toSorted((one, other) => other.id - one.id)[0];
	return broken.length < fewestBreaks && cost < dearNanodollars
		? []
		: [
				{
					id: 'cache',
					sinceMs: newest?.endedAt ?? undefined,
					tone: 'warn',
					text: `Prompt caches were broken${broken.length > 0 ? ' ' : ', '}${said.join(', ')}.`,
					remedy:
						'Switch models less often, and leave the tools and the beginning of the prompt as they are within a session.',
					exchange: newest?.id,
				},
			];
}

const dayMs = 86_400_000;
