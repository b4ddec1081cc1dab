import {priceHint} from '../pricing/price-hint.js';
import type {Doubt, Summary} from './summary.js';

/**
A summary for scripts, in pieces: times in epoch milliseconds, `until` not in it; money in whole
nano-dollars; `null` where a fact is not known.

@yields Parts of one line.
*/
export function* summaryJson(summary: Summary): Generator<string> {
	const {span, rule, by, total, groups} = summary;
	const before = JSON.stringify({
		since: span.fromMs,
		until: span.toMs,
		timezone: rule.timezone,
		startsAt: rule.startsAt,
		by,
		total,
	});
	yield `${before.slice(0, -1)},"groups":[`;
	let comma = '';
	for (const {name, sums} of groups) {
		yield `${comma}${JSON.stringify({[by]: known(name), ...sums})}`;
		comma = ',';
	}

	yield `],${JSON.stringify(afterGroups(summary)).slice(1)}\n`;
}

function afterGroups(summary: Summary) {
	return {
		usual: usualJson(summary),
		unpriced: summary.unpriced.map(({gap, answers, ...names}) => ({
			...named(names),
			unpriced: answers,
			unpricedModel: gap.model,
			unpricedFor: gap.lacks,
			write: priceHint(gap).write,
		})),
		partial: summary.partial.map((doubt) => ({
			...named(doubt),
			partial: doubt.sums.partial,
			missing: doubt.sums.missing,
		})),
	};
}

const known = (name: string): string | null => (name === '' ? null : name);

const named = ({model, endpoint}: Pick<Doubt, 'model' | 'endpoint'>) => ({
	model: known(model),
	endpoint: known(endpoint),
});

function usualJson({usual}: Summary) {
	return usual === undefined
		? null
		: {
				costNanodollars: usual.nanodollars,
				days: usual.days,
				soFar: usual.soFar,
			};
}
