import {expect, vi} from 'vitest';
import {
	prepareControl,
	writeChange,
} from '../../../source/control/control-rows.js';
import type {
	Active,
	EndpointStanding,
	Pause,
	Steering,
} from '../../../source/control/steering.js';
import {
	startSimulatedEndpoint,
	type SimulatedEndpoint,
} from '../../../source/simulated/endpoint.js';
import type {Script} from '../../../source/simulated/script.js';
import {ask, type Answer} from '../../helpers/ask.js';
import {startTollgate, type Running} from '../../helpers/passthrough.js';

export const path = '/v1/messages';

export type Scene = AsyncDisposable &
	Readonly<{
		one: SimulatedEndpoint;
		two: SimulatedEndpoint;
		tollgate: Running;
		/**
		The models that each endpoint was asked for, in their order.
		*/
		asked(): Readonly<{one: string[]; two: string[]}>;
		/**
		A question of an agent; another `text` is another body.
		*/
		ask(asked?: Question): Promise<Answer>;
		wish<Name extends 'active' | 'pause'>(
			name: Name,
			value: Name extends 'active' ? Partial<Active> : Partial<Pause>,
		): void;
	}>;

export type Question = Readonly<{
	model?: string;
	text?: string;
	stream?: boolean;
	session?: string;
	path?: string;
	extra?: Readonly<Record<string, unknown>>;
}>;

/**
Two endpoints, three aliases over them, and a passthrough.
*/
export async function setScene({
	one: first = () => undefined,
	two: second = () => undefined,
	toml = '',
	routing = '',
	alias = '',
	server = '',
	pace = 0,
}: Readonly<{
	one?: Script;
	two?: Script;
	toml?: string;
	routing?: string;
	alias?: string;
	server?: string;
	pace?: number;
}> = {}): Promise<Scene> {
	const one = await startSimulatedEndpoint({script: first, pace});
	const two = await startSimulatedEndpoint({script: second, pace});
	const tollgate = await startTollgate({
		server,
		env: {ONE: 'key-of-the-first', TWO: 'key-of-the-second'},
		toml: [
			`[endpoints.one]\nurl = "${one.url}"\nkey = "env:ONE"`,
			`[endpoints.two]\nurl = "${two.url}"\nkey = "env:TWO"`,
			'[aliases.both]\ntargets = ["one/sonnet-one", "two/sonnet-two"]',
			alias,
			'[aliases.second]\ntargets = ["two/opus-two"]',
			'[aliases.chat]\ntargets = ["two/gpt-two"]',
			`[routing]\n${routing}`,
			toml,
		].join('\n'),
	});
	let control: ReturnType<Running['connect']> | undefined;
	return {
		one,
		two,
		tollgate,
		asked: () => ({
			one: one.seen.map(({model}) => model ?? ''),
			two: two.seen.map(({model}) => model ?? ''),
		}),
		async ask({
			model = 'claude-sonnet-4-6',
			text = 'Hello',
			stream = false,
			session = 'a',
			path: asked = path,
			extra = {},
		} = {}) {
			return ask(tollgate.url, {
				path: asked,
				headers: [
					'content-type',
					'application/json',
					'x-claude-code-session-id',
					session,
					'anthropic-version',
					'2023-06-01',
				],
				body: JSON.stringify({
					model,
					max_tokens: 100,
					stream,
					messages: [{role: 'user', content: text}],
					...extra,
				}),
			});
		},
		wish(name, value) {
			control ??= tollgate.connect();
			const db = control;
			db.transaction(() => {
				prepareControl(db);
				const whole =
					name === 'active'
						? {
								alias: null,
								until: null,
								requestsLeft: null,
								// eslint-disable-next-line unicorn/no-thenable -- A name.
								then: null,
								...value,
							}
						: {mode: 'off', until: null, ...value};
				writeChange(
					db,
					tollgate.passthrough.identity().home,
					name,
					whole as never,
					{
						setBy: 'command',
						setAt: Date.now(),
						reason: null,
					},
				);
			}).immediate();
		},
		async [Symbol.asyncDispose]() {
			await tollgate[Symbol.asyncDispose]();
			await one.close();
			await two.close();
		},
	};
}

/**
Lines of a config with all the patience there is, and none of the waiting.
*/
export const eager = '[retry]\nattempts = 2\non_strikes = "return"';

export const steering = ({tollgate}: Pick<Scene, 'tollgate'>): Steering =>
	tollgate.passthrough.identity().steering!;

export const standing = (scene: Scene, name = 'one'): EndpointStanding =>
	steering(scene).endpoints.find((endpoint) => endpoint.name === name)!;

/**
Switches, and waits until that is in force.
*/
export async function switched(
	scene: Scene,
	value: Partial<Active>,
): Promise<void> {
	scene.wish('active', value);
	await vi.waitFor(() => {
		expect(steering(scene).active.value).toMatchObject(value);
	});
}

export async function paused(
	scene: Scene,
	{mode = 'hold', until = null}: Partial<Pause> = {},
): Promise<void> {
	scene.wish('pause', {mode, until});
	await vi.waitFor(() => {
		expect(steering(scene).pause.value.mode).toBe(mode);
	});
}

/**
A request whose answer nobody waits for. Answers how its client leaves.
*/
export function stuck(
	{tollgate}: Scene,
	model = 'claude-opus-4-6',
): () => Promise<void> {
	const client = new AbortController();
	const asked = fetch(`${tollgate.url}${path}`, {
		method: 'POST',
		body: JSON.stringify({model, messages: []}),
		signal: client.signal,
	}).catch(() => undefined);
	return async () => {
		client.abort();
		await asked;
	};
}
