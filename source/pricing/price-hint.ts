import type {Exchange} from '../exchange/exchange.js';
import type {Gap} from './price-exchange.js';

/**
Why there is no price, and what can be done.
*/
export type PriceHint = Readonly<{
	/**
	Half a sentence.
	*/
	why: string;
	/**
	A sentence; empty where nothing can be done. It ends in a colon where lines follow.
	*/
	advice: string;
	/**
	Lines of config.toml, for the user to fill in.
	*/
	write: readonly string[];
}>;

/**
What an unpriced exchange lacks. A row of an older version does not say: then it is its model.
*/
export const gapOf = ({
	unpricedFor,
	unpricedModel,
	servedModel,
	sentModel,
	askedModel,
}: Pick<
	Exchange,
	'unpricedFor' | 'unpricedModel' | 'servedModel' | 'sentModel' | 'askedModel'
>): Gap =>
	unpricedFor
		? {model: unpricedModel, lacks: unpricedFor}
		: {model: servedModel ?? sentModel ?? askedModel, lacks: 'model'};

/**
How to price what has no price. Never anything that would price other requests wrongly: fast mode has no
setting of its own.
*/
export function priceHint({model, lacks}: Gap): PriceHint {
	if (model === null || model === '') {
		return {why: 'no model was named', advice: '', write: []};
	}

	if (lacks === 'fast') {
		return {
			why: `what ${model} costs in fast mode is not known`,
			advice:
				'A price of your own would hold for all its requests, fast or not.',
			write: [],
		};
	}

	const section = `[prices.${tomlKey(model)}]`;
	return lacks === 'web_search'
		? {
				why: 'what web searches cost is not known',
				advice:
					'Add it to its prices in config.toml (they replace those of any list):',
				write: [
					`${section}  # beside input, output and the like`,
					'web_search_per_1k = …',
				],
			}
		: {
				why: `what ${model} costs is not known`,
				advice: 'Give it one in config.toml:',
				write: [
					`${section}  # US dollars for a million tokens`,
					'input = …',
					'output = …',
				],
			};
}

/**
A key in quotes; the id is foreign text, whatever it holds. JSON escapes what TOML does, but for the last
control character.
*/
const tomlKey = (text: string): string =>
	JSON.stringify(text).replaceAll('\u{7F}', String.raw`\u007F`);
