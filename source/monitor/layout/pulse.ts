import {showMoney, showShare} from '../../exchange/show.js';
import {capQuestionOf} from '../cap-answers.js';
import {capShown} from '../caps.js';
import {isFresh} from '../connection.js';
import {addSums} from '../day-sums.js';
import {countOpen, type Entry} from '../exchange-list.js';
import {limitRate} from '../limit-rates.js';
import type {Model} from '../model.js';
import {quotasOf} from '../quotas.js';
import {outputPerSecond} from '../rates.js';
import {toneOf as toneOfState} from '../row-state.js';
import type {Glyphs} from '../theme.js';
import {toneOf as toneOfCap, wholePercent} from './cap-bar.js';
import {capWords, spentFigure} from './cap-text.js';
import {sumText} from './cost-text.js';
import type {Field} from './fit-fields.js';
import {quotaText, toneOf as toneOfQuota} from './quota-bars.js';

/**
What a glance wants to know, in a few cells each: the cap or what today cost, what runs and what waits, limits.
*/
export function pulseFields(
	model: Model,
	entries: readonly Entry[],
	glyphs: Glyphs,
): readonly Field[] {
	return [
		...moneyFields(model, glyphs),
		...openFields(entries, glyphs),
		...limitFields(model),
	].map((field) => (isFresh(model) ? field : {...field, tone: 'dim'}));
}

function moneyFields(model: Model, glyphs: Glyphs): readonly Field[] {
	const measure = capShown(model, capQuestionOf(model)?.key.name);
	if (measure) {
		const {of, cap, spent} = measure;
		const whole =
			of === 'tokens' ? capWords(of, cap) : capWords(of, cap).slice(1);
		const tone = toneOfCap(measure);
		return [
			{
				texts: [`${wholePercent(measure)}%`],
				tone: tone === 'good' ? 'bold' : tone,
				rank: 1,
			},
			{texts: [`${spentFigure(of, spent)}/${whole}`], rank: 4},
		];
	}

	const cost = addSums(model.totals);
	return model.totals.length === 0
		? []
		: [
				{
					texts: [
						sumText(cost, glyphs),
						...(cost.costNanodollars > 0
							? [showMoney(cost.costNanodollars)]
							: []),
					],
					tone: 'bold',
					rank: 1,
				},
			];
}

const openFields = (
	entries: readonly Entry[],
	glyphs: Glyphs,
): readonly Field[] => {
	const {running, retrying, held} = countOpen(entries);
	return (
		[
			[running, 'streaming', 2],
			[retrying, 'retrying', 6],
			[held, 'held', 3.5],
		] as const
	).flatMap(([count, state, rank]): readonly Field[] =>
		count === 0
			? []
			: [{texts: [`${glyphs[state]}${count}`], tone: toneOfState[state], rank}],
	);
};

function limitFields(model: Model): readonly Field[] {
	const [quota] = quotasOf(model, {all: false});
	const rate = limitRate(model, 300_000);
	const speed = isFresh(model) ? outputPerSecond(model) : undefined;
	return [
		...(quota
			? [{texts: [quotaText(quota)], tone: toneOfQuota(quota), rank: 7}]
			: []),
		...(rate.limited > 0
			? [
					{
						texts: [`429 ${showShare(rate.limited, rate.attempts)}`],
						tone: 'warn',
						rank: 5,
					} as const,
				]
			: []),
		...(speed === undefined
			? []
			: [{texts: [`${Math.round(speed)} tok/s`], rank: 8}]),
	];
}
