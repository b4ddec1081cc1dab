import {textOf, type Answer, type Block} from './answer.js';
import {readAnthropic} from './read-anthropic.js';
import {
	event,
	tokensOf,
	type Piece,
	type Served,
	type Speech,
} from './speech.js';

const stopReasons = {
	done: 'end_turn',
	tools: 'tool_use',
	length: 'max_tokens',
	refused: 'refusal',
} as const satisfies Record<Answer['end'], string>;

/**
The Messages API. Shapes: `resources/messages/messages.d.ts` of the SDK 1.12; order of
events: the streaming page of its documentation.
*/
export const anthropicMessages: Speech = {
	name: 'anthropic-messages',
	family: 'anthropic',
	read: readAnthropic,
	stream: (served) => [
		start(served),
		event({type: 'ping'}),
		...served.answer.blocks.flatMap((block, index) =>
			streamBlock(block, index),
		),
		...finish(served),
	],
	whole: (served) => ({
		...message(served),
		content: served.answer.blocks.map((block) => wholeBlock(block)),
		...stop(served.answer),
		usage: usage(served, served.answer.output),
	}),
	failure: ({id}) =>
		event({
			type: 'error',
			error: {type: 'overloaded_error', message: 'Overloaded'},
			request_id: `req_sim_${id}`,
		}),
};

function start(served: Served): Piece {
	// The real API begins with a small placeholder, too.
	const placeholder = 1 + (served.answer.output % 4);
	const data = {
		type: 'message_start',
		message: {
			...message(served),
			content: [],
			stop_reason: null,
			stop_sequence: null,
			stop_details: null,
			usage: usage(served, placeholder),
		},
	};
	return event(data, {
		tokens: 0,
		told: {...tokensOf(served), output: placeholder},
	});
}

function finish(served: Served): readonly Piece[] {
	const {
		cache_creation: _,
		service_tier: _tier,
		inference_geo: _geo,
		speed: _speed,
		...running
	} = usage(served, served.answer.output);
	const data = {
		type: 'message_delta',
		delta: {...stop(served.answer), container: null},
		usage: running,
	};
	return [
		event(data, {tokens: 0, told: tokensOf(served)}),
		event({type: 'message_stop'}),
	];
}

function message({asked, id}: Served) {
	return {
		id: `msg_sim_${id}`,
		type: 'message',
		role: 'assistant',
		model: asked.model,
		container: null,
		diagnostics: null,
	};
}

function stop({end}: Answer) {
	return {
		stop_reason: stopReasons[end],
		stop_sequence: null,
		stop_details:
			end === 'refused'
				? {
						type: 'refusal',
						category: null,
						explanation: 'The simulated model declined, as it was asked to.',
					}
				: null,
	};
}

function usage({answer, asked, prompt}: Served, output: number) {
	return {
		input_tokens: prompt.input,
		cache_creation_input_tokens: prompt.cacheWrite5m + prompt.cacheWrite1h,
		cache_read_input_tokens: prompt.cacheRead,
		cache_creation: {
			ephemeral_5m_input_tokens: prompt.cacheWrite5m,
			ephemeral_1h_input_tokens: prompt.cacheWrite1h,
		},
		output_tokens: output,
		output_tokens_details:
			output === answer.output && answer.thinking > 0
				? {thinking_tokens: answer.thinking}
				: null,
		server_tool_use: null,
		service_tier: 'standard',
		inference_geo: 'global',
		speed: asked.fast ? 'fast' : 'standard',
	};
}

function streamBlock(block: Block, index: number): readonly Piece[] {
	return [
		event({
			type: 'content_block_start',
			index,
			content_block: emptyBlock(block),
		}),
		...block.deltas.map(({text, tokens}) => delta(block, index, text, tokens)),
		...(block.kind === 'thinking'
			? [signatureDelta(block.signature, index)]
			: []),
		event({type: 'content_block_stop', index}),
	];
}

// Written out, because a long stream is mostly these.
function delta(
	{kind}: Block,
	index: number,
	text: string,
	tokens: number,
): Piece {
	const [type, key] = deltaNames[kind];
	return {
		text: `event: content_block_delta\ndata: {"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${key}":${JSON.stringify(text)}}}\n\n`,
		tokens,
	};
}

const deltaNames = {
	text: ['text_delta', 'text'],
	thinking: ['thinking_delta', 'thinking'],
	tool: ['input_json_delta', 'partial_json'],
} as const satisfies Record<Block['kind'], readonly [string, string]>;

function signatureDelta(signature: string, index: number): Piece {
	const data = {
		type: 'content_block_delta',
		index,
		delta: {type: 'signature_delta', signature},
	};
	return event(data);
}

function emptyBlock(block: Block): unknown {
	switch (block.kind) {
		case 'text': {
			return {type: 'text', text: '', citations: null};
		}

		case 'thinking': {
			return {type: 'thinking', thinking: '', signature: ''};
		}

		case 'tool': {
			return toolBlock(block.id, block.name, {});
		}
	}
}

function wholeBlock(block: Block): unknown {
	switch (block.kind) {
		case 'text': {
			return {type: 'text', text: textOf(block), citations: null};
		}

		case 'thinking': {
			const {signature} = block;
			return {type: 'thinking', thinking: textOf(block), signature};
		}

		case 'tool': {
			return toolBlock(block.id, block.name, JSON.parse(textOf(block)));
		}
	}
}

function toolBlock(id: string, name: string, input: unknown): unknown {
	return {
		type: 'tool_use',
		id: `toolu_sim_${id}`,
		name,
		input,
		caller: {type: 'direct'},
	};
}
