import type {ApiFamily} from './speech.js';

type Model = Readonly<{
	id: string;
	name: string;
	line: 'haiku' | 'sonnet' | 'opus' | undefined;
	owner: string;
	context: number;
	/**
	Unix seconds.
	*/
	created: number;
}>;

/**
What the simulated endpoint lists. It serves any other name as well, but `no-such-*`.
*/
export const simulatedModels: readonly Model[] = [
	{
		id: 'claude-opus-5-5',
		name: 'Claude Opus 5.5',
		line: 'opus',
		owner: 'anthropic',
		context: 1_000_000,
		created: 1_790_035_200,
	},
	{
		id: 'claude-sonnet-4-6',
		name: 'Claude Sonnet 4.6',
		line: 'sonnet',
		owner: 'anthropic',
		context: 1_000_000,
		created: 1_771_286_400,
	},
	{
		id: 'claude-haiku-4-5',
		name: 'Claude Haiku 4.5',
		line: 'haiku',
		owner: 'anthropic',
		context: 200_000,
		created: 1_760_486_400,
	},
	{
		id: 'gpt-5.4',
		name: 'GPT-5.4',
		line: undefined,
		owner: 'openai',
		context: 1_050_000,
		created: 1_772_668_800,
	},
	{
		id: 'glm-5.3',
		name: 'GLM 5.3',
		line: undefined,
		owner: 'z-ai',
		context: 200_000,
		created: 1_785_000_000,
	},
];

export function isServed(id: string): boolean {
	return !id.startsWith('no-such-');
}

export function describeModel(family: ApiFamily, id: string): unknown {
	const model = simulatedModels.find((known) => known.id === id);
	return model && shapes[family](model);
}

/**
One page of the list in the asking client's shape; `query` may hold `limit` and `after_id`.
*/
export function listModels(family: ApiFamily, query: URLSearchParams): unknown {
	const data = simulatedModels.map((model) => shapes[family](model));
	if (family === 'openai') {
		return {object: 'list', data};
	}

	const after = simulatedModels.findIndex(
		({id}) => id === query.get('after_id'),
	);
	const limit = Number(query.get('limit') ?? 20);
	const page = simulatedModels.slice(after + 1, after + 1 + limit);
	return {
		data: page.map((model) => shapes.anthropic(model)),
		has_more: after + 1 + limit < simulatedModels.length,
		first_id: page[0]?.id ?? null,
		last_id: page.at(-1)?.id ?? null,
	};
}

const shapes = {
	anthropic: ({id, name, line, context, created}: Model) => ({
		type: 'model',
		id,
		display_name: name,
		created_at: new Date(created * 1000).toISOString(),
		lifecycle: 'active',
		deprecated_at: null,
		retires_at: null,
		max_input_tokens: context,
		max_tokens: 128_000,
		capabilities: null,
		line: line ?? null,
	}),
	openai: ({id, created, owner}: Model) => ({
		id,
		object: 'model',
		created,
		owned_by: owner,
	}),
} as const;
