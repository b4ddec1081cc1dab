import {inUnits, type Price, type Rates} from '../exchange/price.js';
import {catalogueText} from './catalogue-data.js';
import {modelIds} from './model-id.js';

/**
A model as the catalogue knows it.
*/
export type CatalogueModel = Readonly<{
	provider: string;
	id: string;
	price: Price;
	/**
	Tokens that fit into a prompt, where that is known.
	*/
	context: number | undefined;
}>;

/**
Finds models by their exact id. `provider` is the one whose own host is asked, if it is one's own: then
only its prices hold. Any other endpoint is looked up with those who make models.
*/
export function findModel(
	raw: string,
	provider?: string,
): CatalogueModel | undefined {
	const sections = all();
	for (const {id, by} of modelIds(raw)) {
		const asked = (by === undefined ? makers : [by]).filter(
			(name) => provider === undefined || name === provider,
		);
		// What its host sells need not be of its own making.
		const inOrder =
			provider !== undefined && by === undefined ? [provider] : asked;
		const found = inOrder.find((name) => sections.get(name)?.rows.has(id));
		if (found !== undefined) {
			return read(found, id, sections.get(found)!);
		}
	}

	return undefined;
}

/**
Every model, in the order of the catalogue.
*/
export function catalogueModels(): readonly CatalogueModel[] {
	return [...all()].flatMap(([provider, section]) =>
		[...section.rows.keys()].map((id) => read(provider, id, section)),
	);
}

/**
Whose ids stand for themselves, whichever gateway sells them.
*/
const makers = [
	'anthropic',
	'openai',
	'google',
	'deepseek',
	'zai',
	'moonshotai',
	'xai',
	'mistral',
	'minimax',
	'xiaomi',
	'meta',
	'amazon-bedrock',
];

type Section = Readonly<{
	webSearchPer1k: number | undefined;
	/**
	The rest of each line, by its id.
	*/
	rows: Map<string, string>;
}>;

let sections: ReadonlyMap<string, Section> | undefined;

function all(): ReadonlyMap<string, Section> {
	sections ??= readSections();
	return sections;
}

function readSections(): ReadonlyMap<string, Section> {
	const found = new Map<string, Section>();
	let rows = new Map<string, string>();
	for (const line of catalogueText.trim().split('\n')) {
		const space = line.indexOf(' ');
		if (line.startsWith('#')) {
			const [name = '', , webSearch] = line.slice(2).split(' ', 3);
			rows = new Map();
			found.set(name, {
				webSearchPer1k: webSearch === undefined ? undefined : nano(webSearch),
				rows,
			});
		} else {
			rows.set(line.slice(0, space), line.slice(space + 1));
		}
	}

	return found;
}

function read(
	provider: string,
	id: string,
	{webSearchPer1k, rows}: Section,
): CatalogueModel {
	const [base = '', ...tiers] = rows.get(id)!.split(' >');
	const context = base.split(' ', 6)[5];
	return {
		provider,
		id,
		price: {
			...ratesOf(base.split(' ')),
			webSearchPer1k,
			tiers: tiers.map((tier) => {
				const [above = '', ...cells] = tier.split(' ');
				return {above: Number(above), ...ratesOf(cells)};
			}),
		},
		context: context === '-' ? undefined : Number(context),
	};
}

function ratesOf(cells: readonly string[]): Rates {
	const [input, output, cacheRead, cacheWrite5m, cacheWrite1h] = cells
		.slice(0, 5)
		.map((cell) => (cell === '-' ? undefined : nano(cell)));
	return {
		input: input!,
		output: output!,
		cacheRead,
		cacheWrite5m,
		cacheWrite1h,
	};
}

/**
From US dollars.
*/
const nano = (decimal: string): number => inUnits(Number(decimal), 9)!;

export {provenance as catalogueProvenance} from './catalogue-data.js';
