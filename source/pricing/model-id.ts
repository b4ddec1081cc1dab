/**
An id to look a model up by, and with whom; undefined: with everybody who makes models.
*/
export type ModelId = Readonly<{id: string; by: string | undefined}>;

/**
The ids that a model may stand under in a price list, the one as it was told first. Each is exact:
what is taken away are the ways in which gateways write the same model, never a part of its name. So a
model that is too new for the list is not taken for its predecessor.
*/
export function modelIds(raw: string): readonly ModelId[] {
	const ids: ModelId[] = [{id: raw, by: undefined}];
	const add = (id: string, by = ids.at(-1)!.by) => {
		ids.push({id, by});
	};

	const plain = raw
		.replace(/\[[^[\]]*\]$/, '')
		.replace(/@(?=\d{8}$)/, '-')
		.replace(routes, '');
	add(plain);
	const vendor = plain.slice(0, Math.max(0, plain.indexOf('/')));
	if (vendor !== '') {
		const by = vendors.get(vendor);
		if (by === undefined) {
			return unique(ids);
		}

		add(plain.slice(vendor.length + 1), by);
	}

	const {id, by} = ids.at(-1)!;
	if (id.startsWith('claude-')) {
		const dashed = id.replaceAll(/(?<=\d)\.(?=\d)/g, '-');
		add(dashed);
		add(dashed.replace(/-\d{8}$/, ''), by ?? 'anthropic');
	} else if (by === undefined || by === 'openai') {
		add(id.replace(/-\d{4}-\d{2}-\d{2}$/, ''), 'openai');
	}

	return unique(ids);
}

/**
What routers put before an id; `models/` is Google's.
*/
const routes = /^(?:(?:openrouter|bedrock|vertex_ai|azure|models)\/)+/;

/**
What gateways call those who make models, and what the price list does.
*/
const vendors: ReadonlyMap<string, string> = new Map([
	['anthropic', 'anthropic'],
	['openai', 'openai'],
	['google', 'google'],
	['gemini', 'google'],
	['deepseek', 'deepseek'],
	['deepseek-ai', 'deepseek'],
	['z-ai', 'zai'],
	['zai', 'zai'],
	['zai-org', 'zai'],
	['moonshotai', 'moonshotai'],
	['moonshot', 'moonshotai'],
	['x-ai', 'xai'],
	['xai', 'xai'],
	['mistralai', 'mistral'],
	['mistral', 'mistral'],
	['minimax', 'minimax'],
	['minimaxai', 'minimax'],
	['xiaomi', 'xiaomi'],
	['meta', 'meta'],
]);

const unique = (ids: readonly ModelId[]): readonly ModelId[] =>
	ids.filter(
		({id, by}, index) =>
			ids.findIndex((other) => other.id === id && other.by === by) === index,
	);
