import {randomUUID} from 'node:crypto';
import process from 'node:process';
import {expect, vi} from 'vitest';
import {openControl} from '../../../source/control/wish.js';
import type {Decision} from '../../../source/control/decisions.js';
import type {KeyStanding} from '../../../source/control/steering.js';
import {readStanding, type Standing} from '../../../source/usage-log/ledger.js';
import {ask, type Answer} from '../../helpers/ask.js';
import {
	startEndpoint,
	type Call,
	type Endpoint,
} from '../../helpers/endpoint.js';
import {
	startTollgate,
	type Given,
	type Running,
} from '../../helpers/passthrough.js';

export const path = '/v1/messages';

/**
One output token is a cent, input is free: so `max_tokens` is what a request may come to, in cents.
*/
const prices =
	'[prices."cents"]\ninput = 0\noutput = 10000\n[prices."mills"]\ninput = 0\noutput = 1000';

export const cents = (count: number): number => count * 10_000_000;

export type Question = Readonly<{
	/**
	What it may come to.
	*/
	cents?: number;
	model?: string;
	stream?: boolean;
	path?: string;
	headers?: readonly string[];
	text?: string;
}>;

export type Scene = AsyncDisposable &
	Readonly<{
		endpoint: Endpoint;
		tollgate: Running;
		/**
		Another passthrough of the same config, with a home of its own and the same log.
		*/
		beside(): Promise<Running>;
		/**
		Lets the endpoint answer the next request that waits, with so many tokens of output.
		*/
		answer(tokens: number): void;
		/**
		How many requests wait at the endpoint.
		*/
		waiting(): number;
		ask(question?: Question): Promise<Answer>;
		/**
		How a key stands by the log.
		*/
		standing(key?: string): Standing;
		/**
		How a key stands as the passthrough says.
		*/
		said(key?: string): KeyStanding;
		/**
		Somebody sits before a monitor.
		*/
		sit(): void;
		leave(): void;
		decide(exchange: number, decision: Decision): void;
		/**
		Sets today's cap of a key, in cents.
		*/
		setToday(cap: number, key?: string): void;
	}>;

/**
An endpoint that answers at once with as many tokens as were asked for, or (`isHeld`) when the test says so; a
passthrough before it, and the key `default` with a cap of a dollar.
*/
export async function setScene({
	isHeld = false,
	keys = '[keys.default]\ndaily_cap = 1.00\nat_cap = "refuse"',
	toml = '',
	play,
	...given
}: Omit<Given, 'endpoint'> &
	Readonly<{
		isHeld?: boolean;
		keys?: string;
		play?: (call: Call) => void | Promise<void>;
	}> = {}): Promise<Scene> {
	const waiting: Array<(tokens: number) => void> = [];
	const endpoint = await startEndpoint(
		play ??
			(async ({heard, response}) => {
				const body = JSON.parse(String(await heard.body())) as Asked;
				const reply = (tokens: number) => {
					tell(response, body, tokens);
				};

				if (isHeld) {
					waiting.push(reply);
					response.on('close', () => {
						const index = waiting.indexOf(reply);
						if (index !== -1) {
							waiting.splice(index, 1);
						}
					});
				} else {
					reply(body.max_tokens);
				}
			}),
	);
	const begin = async (more: Given) =>
		startTollgate({
			endpoint: endpoint.url,
			mayReport: /of its daily cap/,
			...more,
			toml: [
				prices,
				keys,
				'[aliases.cheap]\ntargets = ["main/mills"]',
				toml,
			].join('\n'),
		});
	const tollgate = await begin(given);
	const {home} = tollgate.passthrough.identity();
	const control = openControl(tollgate.log);
	const monitor = randomUUID();
	const by = {setBy: 'monitor', setAt: Date.now(), reason: null} as const;
	const said = (key = 'default') =>
		tollgate.passthrough
			.identity()
			.steering!.keys!.find(({name}) => name === key)!;
	await vi.waitFor(() => {
		expect(tollgate.passthrough.identity().steering!.keys).not.toEqual([]);
	});
	return {
		endpoint,
		tollgate,
		beside: async () => begin({...given, server: `log = "${tollgate.log}"`}),
		answer(tokens) {
			waiting.shift()!(tokens);
		},
		waiting: () => waiting.length,
		async ask({
			cents: most = 10,
			model = 'cents',
			stream = false,
			path: asked = path,
			headers = [],
			text = 'Hello',
		} = {}) {
			return ask(tollgate.url, {
				path: asked,
				headers: [
					'content-type',
					'application/json',
					'anthropic-version',
					'2023-06-01',
					...headers,
				],
				body: JSON.stringify({
					model,
					max_tokens: most,
					stream,
					messages: [{role: 'user', content: text}],
				}),
			});
		},
		standing(key = 'default') {
			const db = tollgate.connect();
			const {from, resetsAt} = said(key);
			return readStanding(db, {key, from, to: resetsAt});
		},
		said,
		sit() {
			control.announce({
				id: monitor,
				home,
				pid: process.pid,
				heartbeatAt: Date.now(),
				mayDecide: true,
			});
		},
		leave() {
			control.leave(monitor);
		},
		decide(exchange, decision) {
			control.decide(home, exchange, decision, by);
		},
		setToday(cap, key = 'default') {
			const {from} = said(key);
			control.changeCap(
				home,
				key,
				() => ({from, nanodollars: cents(cap), tokens: null}),
				by,
			);
		},
		async [Symbol.asyncDispose]() {
			control[Symbol.dispose]();
			await tollgate[Symbol.asyncDispose]();
			await endpoint[Symbol.asyncDispose]();
		},
	};
}

type Asked = Readonly<{model: string; max_tokens: number; stream: boolean}>;

function tell(
	response: Call['response'],
	{model, stream}: Asked,
	tokens: number,
): void {
	const usage = {input_tokens: 5, output_tokens: tokens};
	const message = {
		id: 'msg_1',
		type: 'message',
		role: 'assistant',
		model,
		content: [{type: 'text', text: 'Yes.'}],
		stop_reason: 'end_turn',
		usage,
	};
	if (!stream) {
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(message));
		return;
	}

	response.setHeader('content-type', 'text/event-stream');
	const event = (type: string, data: object) =>
		response.write(
			`event: ${type}\ndata: ${JSON.stringify({type, ...data})}\n\n`,
		);
	event('message_start', {message: {...message, content: []}});
	event('message_delta', {delta: {stop_reason: 'end_turn'}, usage});
	event('message_stop', {});
	response.end();
}
