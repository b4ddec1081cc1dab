import {priceHint} from '../../pricing/price-hint.js';
import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {showAmount} from '../show-amount.js';

/**
Whether the model has a price: without one it counts for no cap.
*/
export async function price(chart: Chart): Promise<Outcome> {
	const served = chart.tasted?.[0]?.facts.servedModel;
	const asked = chart.model!;
	const found = chart.prices.find(served, asked);
	const name = served ?? asked;
	const finding: Finding =
		found === undefined
			? {
					check: 'price',
					standing: 'warn',
					said: `What ${name} costs is not known, so its requests count for no cap.`,
					fix: fixFor(chart, name),
				}
			: {
					check: 'price',
					standing: 'ok',
					said: `${found.id} costs ${rate(found.price.input, chart)} in and ${rate(found.price.output, chart)} out for a million tokens (${sources[found.source]}).`,
				};
	return {findings: [finding], chart};
}

const sources = {
	user: 'your [prices]',
	models: "the endpoint's own list",
	catalogue: 'catalogue',
} as const;

const rate = (nanodollars: number, {prices}: Chart): string => {
	let charged = nanodollars;
	for (const [over, under] of prices.multipliers) {
		charged = (charged * over) / under;
	}

	return showAmount(charged);
};

function fixFor({listed = [], endpoint}: Chart, name: string): string {
	const isListed = listed.some(
		({id, price: told}) => id === name && told?.prompt !== undefined,
	);
	if (isListed && endpoint !== undefined) {
		return `Its own list tells it: write prices = "models" in [endpoints.${endpoint}].`;
	}

	const [section = '', ...lines] = priceHint({
		model: name,
		lacks: 'model',
	}).write;
	return `Give it one in config.toml: ${section.split('  #', 1)[0]!} with ${lines.join(' and ')} (US dollars for a million tokens).`;
}
