import {paragraph} from './prose.js';
import type {Random} from './random.js';

/**
How much text there is in a session: characters.
*/
export type Size = Readonly<{
	system: number;
	toolDescription: number;
	/**
	Most that a tool brings back.
	*/
	toolResult: number;
	/**
	A conversation that is longer is not carried on.
	*/
	most: number;
}>;

export const lifelike: Size = {
	system: 12_000,
	toolDescription: 1400,
	toolResult: 14_000,
	most: 190_000,
};
/**
For many requests in little time: just enough to be cached.
*/
export const small: Size = {
	system: 3200,
	toolDescription: 120,
	toolResult: 1100,
	most: 12_000,
};

type Block = Readonly<{type: string}> & Readonly<Record<string, unknown>>;
type Message = Readonly<{
	role: 'user' | 'assistant';
	content: readonly Block[];
}>;
export type Conversation = Readonly<{
	system: string;
	tools: readonly unknown[];
	/**
	The messages so far, the last one marked for the cache.
	*/
	messages(): readonly Message[];
	/**
	The person says something, after the model ended its turn.
	*/
	say(): void;
	/**
	The model called a tool, and this is what it brought.
	*/
	work(): void;
	full(): boolean;
}>;

const charactersPerWord = 6;
const toolNames = ['Read', 'Edit', 'Bash', 'Grep', 'Glob', 'TodoWrite'];

/**
A conversation about code that grows turn by turn. Its text depends on chance alone.
*/
export function createConversation(random: Random, size: Size): Conversation {
	const messages: Message[] = [];
	let length = 0;
	const write = (characters: number) => {
		length += characters;
		return paragraph(random, Math.ceil(characters / charactersPerWord));
	};

	const add = (role: Message['role'], ...content: readonly Block[]) => {
		messages.push({role, content});
	};

	return {
		system: paragraph(random, size.system / charactersPerWord),
		tools: toolNames.map((name) => describeTool(name, random, size)),
		messages: () => markLast(messages),
		say() {
			if (messages.length > 0) {
				add('assistant', {
					type: 'text',
					text: write(random.between(100, 900)),
				});
			}

			add('user', {type: 'text', text: write(random.between(30, 400))});
		},
		work() {
			const id = `toolu_${random.letters(22)}`;
			const name = random.pick(toolNames);
			const input = {file_path: `src/${random.letters(6).toLowerCase()}.ts`};
			add(
				'assistant',
				{type: 'text', text: write(random.between(20, 200))},
				{type: 'tool_use', id, name, input},
			);
			const content = write(
				random.between(size.toolResult / 10, size.toolResult),
			);
			add('user', {type: 'tool_result', tool_use_id: id, content});
		},
		full: () => length > size.most,
	};
}

function describeTool(name: string, random: Random, size: Size): unknown {
	return {
		name,
		description: paragraph(random, size.toolDescription / charactersPerWord),
		input_schema: {
			type: 'object',
			properties: {
				file_path: {type: 'string', description: 'Where it is.'},
				command: {type: 'string', description: 'What to run.'},
				limit: {type: 'integer'},
			},
			required: [name === 'Bash' ? 'command' : 'file_path'],
		},
	};
}

function markLast(messages: readonly Message[]): readonly Message[] {
	const before = messages.slice(0, -1);
	return [
		...before,
		...messages.slice(-1).map(({role, content}) => ({
			role,
			content: [
				...content.slice(0, -1),
				...content.slice(-1).map((block) => ({
					...block,
					cache_control: {type: 'ephemeral'},
				})),
			],
		})),
	];
}
