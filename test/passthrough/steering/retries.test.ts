import {expect, test, vi} from 'vitest';
import {eager, setScene} from './scene.js';

const busy = (status: number) => `${status}; retry-after-ms=1`;

test.each([408, 409, 429, 500, 503, 529])(
	'%i is tried again at the same target, and the client sees nothing of it',
	async (status) => {
		await using scene = await setScene({
			one: ({n}) => (n === 1 ? busy(status) : undefined),
			routing: 'active = "both"',
			toml: eager,
		});
		const answer = await scene.ask();
		expect(answer.status).toBe(200);
		expect(scene.asked()).toEqual({one: ['sonnet-one', 'sonnet-one'], two: []});
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'ok',
			attempts: 2,
			fallbacks: 0,
			holdReason: 'backoff',
			alias: 'both',
			endpoint: 'one',
			sentModel: 'sonnet-one',
			askedModel: 'claude-sonnet-4-6',
		});
		expect(scene.tollgate.attempts()).toMatchObject([
			{number: 1, httpStatus: status, endpoint: 'one', outcome: 'error'},
			{number: 2, httpStatus: 200, endpoint: 'one', outcome: 'ok'},
		]);
	},
);

test('when a target has had its tries, the next one answers', async () => {
	await using scene = await setScene({
		one: () => busy(429),
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(200);
	expect(scene.asked()).toEqual({
		one: ['sonnet-one', 'sonnet-one'],
		two: ['sonnet-two'],
	});
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'ok',
		attempts: 3,
		fallbacks: 1,
		endpoint: 'two',
		sentModel: 'sonnet-two',
	});
	expect(scene.tollgate.attempts().map(({httpStatus}) => httpStatus)).toEqual([
		429, 429, 200,
	]);
});

test('when all have had theirs, the last real answer is the answer, untouched', async () => {
	await using scene = await setScene({
		one: () => busy(503),
		two: () => ({
			kind: 'refused',
			status: 529,
			headers: {'x-odd': 'yes'},
			body: '{"type":"error","error":{"type":"overloaded_error","message":"no"}}',
		}),
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(529);
	expect(answer.header('x-odd')).toBe('yes');
	expect(answer.body.toString()).toBe(
		'{"type":"error","error":{"type":"overloaded_error","message":"no"}}',
	);
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'error',
		httpStatus: 529,
		attempts: 2,
		shownAttempt: null,
	});
});

test.each([['400'], ['401'], ['403'], ['404'], ['413'], ['quota'], ['402']])(
	"%s is the client's at once",
	async (refusal) => {
		await using scene = await setScene({
			one: () => refusal,
			routing: 'active = "both"',
			toml: eager,
		});
		const answer = await scene.ask();
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expect(scene.asked()).toEqual({one: ['sonnet-one'], two: []});
		expect(scene.tollgate.row()).toMatchObject({attempts: 1, fallbacks: 0});
	},
);

test.each(['400', '401', '403', '404', '422'])(
	'a fallback that answers %s is not shown: the client gets the answer before it, the row keeps both',
	async (refusal) => {
		await using scene = await setScene({
			one: () => busy(529),
			two: () => refusal,
			routing: 'active = "both"',
			toml: '[retry]\nattempts = 1\non_strikes = "return"',
		});
		const answer = await scene.ask();
		expect(answer.status).toBe(529);
		expect(scene.tollgate.row()).toMatchObject({
			outcome: 'error',
			httpStatus: Number(refusal),
			endpoint: 'two',
			attempts: 2,
			shownAttempt: 1,
		});
		expect(scene.tollgate.attempts()).toMatchObject([
			{number: 1, httpStatus: 529, endpoint: 'one'},
			{number: 2, httpStatus: Number(refusal), endpoint: 'two'},
		]);
	},
);

test('a target that is not there is left for the next at once', async () => {
	await using scene = await setScene({
		routing: 'active = "both"',
		toml: eager,
	});
	await scene.one.close();
	const answer = await scene.ask();
	expect(answer.status).toBe(200);
	expect(scene.tollgate.row()).toMatchObject({
		endpoint: 'two',
		fallbacks: 1,
		outcome: 'ok',
		possiblyBilled: null,
	});
});

test('what broke after the body was sent may have been billed, and is tried again where it is cheap', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? 'reset' : undefined),
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(200);
	expect(scene.asked().one).toHaveLength(2);
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'ok',
		possiblyBilled: true,
	});
	expect(scene.tollgate.attempts()[0]).toMatchObject({
		errorClass: 'network',
		possiblyBilled: true,
	});
});

const long = 'word '.repeat(50_000);

test('a dear prompt is not sent again where it may have been billed', async () => {
	await using scene = await setScene({
		one: () => 'reset',
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask({text: long});
	expect(answer.status).toBe(502);
	expect(answer.header('x-tollgate-reason')).toBe('unreachable');
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: []});
});

test.each([429, 503, 529])(
	'a dear prompt waits out %i where its beginning is cached, for more tries than others get',
	async (status) => {
		await using scene = await setScene({
			one: ({n}) => (n <= 3 ? busy(status) : undefined),
			routing: 'active = "both"',
			toml: '[retry]\nattempts = 1',
		});
		const answer = await scene.ask({text: long});
		expect(answer.status).toBe(200);
		expect(scene.asked().two).toEqual([]);
		expect(scene.tollgate.row()).toMatchObject({attempts: 4, endpoint: 'one'});
	},
	60_000,
);

test('a dear prompt gets other failures back at once', async () => {
	await using scene = await setScene({
		one: () => busy(500),
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask({text: long});
	expect(answer.status).toBe(500);
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: []});
});

test('x-should-retry: false is not tried again there, but elsewhere', async () => {
	await using scene = await setScene({
		one: () => '529; should-retry=false',
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(200);
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['sonnet-two']});
});

test('a wait beyond the silence budget is not begun', async () => {
	await using scene = await setScene({
		one: () => '429; retry-after=600',
		routing: 'active = "both"',
		toml: eager,
	});
	expect(await scene.ask()).toMatchObject({status: 200});
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: ['sonnet-two']});
});

test('a stream that died in the middle is not sent again', async () => {
	await using scene = await setScene({
		one: () => 'cut; after=3',
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = await scene.ask({stream: true});
	expect(answer.complete).toBe(false);
	expect(scene.asked()).toEqual({one: ['sonnet-one'], two: []});
});

test('signed thinking goes to no other vendor, unless the alias says so', async () => {
	const signed = {
		messages: [
			{role: 'user', content: 'Hello'},
			{
				role: 'assistant',
				content: [{type: 'thinking', thinking: 'hm', signature: 'abc'}],
			},
			{role: 'user', content: 'Go on'},
		],
	};
	await using scene = await setScene({
		one: () => busy(500),
		alias: [
			'[aliases.mixed]',
			'targets = ["one/claude-sonnet-4-6", "two/glm-5"]',
			'[aliases.allowed]',
			'targets = ["one/claude-sonnet-4-6", "two/glm-5"]',
			'allow_signed = true',
		].join('\n'),
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	const statuses = [];
	for (const model of ['mixed', 'allowed']) {
		const answer = await scene.ask({model, extra: signed});
		statuses.push(answer.status);
	}

	const {status} = await scene.ask({model: 'mixed'});
	statuses.push(status);
	expect(statuses).toEqual([500, 200, 200]);
});

test('a dead endpoint costs a probe now and then, not every request', async () => {
	await using scene = await setScene({
		one: () => '500',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 20; count++) {
		const answer = await scene.ask({text: `question ${count}`});
		expect(answer.status).toBe(200);
	}

	expect(scene.asked().one.length).toBeLessThan(10);
	expect(scene.asked().two).toHaveLength(20);
	await vi.waitFor(() => {
		const {steering} = scene.tollgate.passthrough.identity();
		expect(steering!.endpoints[0]).toMatchObject({
			name: 'one',
			breakers: [{model: 'sonnet-one', state: 'open'}],
		});
	});
});

test('where no target is left, the request is told so', async () => {
	await using scene = await setScene({
		one: () => '500',
		alias: '[aliases.lone]\ntargets = ["one/x"]',
		routing: 'active = "lone"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	const reasons = [];
	for (let count = 0; count < 6; count++) {
		const answer = await scene.ask({text: `question ${count}`});
		reasons.push(`${answer.status} ${answer.header('x-tollgate-reason')}`);
	}

	expect(reasons).toEqual([
		...Array.from({length: 5}, () => '500 undefined'),
		'502 breaker',
	]);
	expect(scene.one.seen).toHaveLength(5);
});

test('where the first target is let be, the second is no fallback: its refusal is the answer', async () => {
	await using scene = await setScene({
		one: () => '500',
		two: ({ofModel}) =>
			ofModel > 5
				? ofModel === 6
					? '529; retry-after-ms=1'
					: '400'
				: undefined,
		routing: 'active = "both"',
		toml: eager,
	});
	for (let count = 0; count < 5; count++) {
		expect(await scene.ask({text: `question ${count}`})).toMatchObject({
			status: 200,
		});
	}

	expect(await scene.ask({text: 'one more'})).toMatchObject({status: 400});
	expect(scene.tollgate.rows().at(-1)).toMatchObject({
		httpStatus: 400,
		shownAttempt: null,
	});
});

test('what may have been billed before we turned it down costs we do not know what', async () => {
	await using scene = await setScene({
		one: () => 'reset',
		alias: '[aliases.lone]\ntargets = ["one/sonnet-one"]',
		routing: 'active = "lone"',
		toml: '[retry]\nattempts = 9\non_strikes = "pause"\n[hold]\nsilent = "40s"',
	});
	const answer = scene.ask();
	await vi.waitFor(
		() => {
			expect(scene.tollgate.row()).toMatchObject({holdReason: 'strikes'});
		},
		{timeout: 20_000},
	);
	scene.wish('pause', {mode: 'refuse'});
	expect(await answer).toMatchObject({status: 503});
	expect(scene.tollgate.row()).toMatchObject({
		outcome: 'refused',
		possiblyBilled: true,
		costNanodollars: null,
		usageStatus: 'missing',
	});
}, 60_000);

test('a request is not sent elsewhere once its client has waited too long', async () => {
	await using scene = await setScene({
		one: () => 'hang',
		routing: 'active = "both"',
		toml: `${eager}\n[hold]\nsilent = "1s"`,
		server: 'header_timeout = "1500ms"',
	});
	const answer = await scene.ask();
	expect(answer.status).toBe(504);
	expect(scene.two.seen).toEqual([]);
	expect(scene.tollgate.row()).toMatchObject({
		possiblyBilled: true,
		usageStatus: 'missing',
	});
});

test('no headers in time may be billed on a connection that had served before, too', async () => {
	await using scene = await setScene({
		one: ({n}) => (n === 1 ? undefined : 'hang'),
		routing: 'active = "both"',
		toml: eager,
		server: 'header_timeout = "1500ms"',
	});
	expect(await scene.ask({text: 'first'})).toMatchObject({status: 200});
	const answer = await scene.ask({text: long});
	expect(answer.status).toBe(504);
	expect(scene.two.seen).toEqual([]);
	expect(scene.tollgate.rows()[1]).toMatchObject({possiblyBilled: true});
});

test('a dear prompt goes to no other model because its own is let be', async () => {
	await using scene = await setScene({
		one: () => '500',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 5; count++) {
		await scene.ask({text: `question ${count}`});
	}

	const answer = await scene.ask({text: long});
	expect(answer.header('x-tollgate-reason')).toBe('breaker');
	expect(scene.two.seen).toHaveLength(5);
});

const breakersOf = (scene: Awaited<ReturnType<typeof setScene>>, at: number) =>
	scene.tollgate.passthrough.identity().steering!.endpoints[at]!.breakers;

test('an endpoint that dies in the middle of its answers is let be', async () => {
	await using scene = await setScene({
		one: () => 'cut; after=1',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 5; count++) {
		await scene.ask({text: `question ${count}`, stream: true});
	}

	expect(breakersOf(scene, 0)).toHaveLength(1);
});

test('an answer that is shown in the end says nothing of the target after it', async () => {
	await using scene = await setScene({
		one: () => '409',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	await scene.two.close();
	for (let count = 0; count < 5; count++) {
		const {status} = await scene.ask({text: `question ${count}`});
		expect(status).toBe(409);
	}

	expect(breakersOf(scene, 1)).toHaveLength(1);
});

test('a refused fallback is not shown because of strikes either', async () => {
	await using scene = await setScene({
		one: () => '500; retry-after-ms=1',
		two: () => '400',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 2\non_strikes = "return"',
	});
	expect(await scene.ask()).toMatchObject({status: 500});
	expect(scene.tollgate.row()).toMatchObject({
		httpStatus: 400,
		shownAttempt: 2,
	});
});

test('counted tokens go where their messages would', async () => {
	await using scene = await setScene({
		one: () => '500',
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	for (let count = 0; count < 5; count++) {
		await scene.ask({text: `question ${count}`});
	}

	const counted = await scene.ask({path: '/v1/messages/count_tokens'});
	expect(counted.status).toBe(200);
	expect(scene.two.seen.at(-1)).toMatchObject({
		model: 'sonnet-two',
		path: '/v1/messages/count_tokens',
	});
});

test('a dear prompt waits for its own target when that is let be after a 503', async () => {
	await using scene = await setScene({
		one: ({n}) => (n <= 5 ? '503; retry-after-ms=1' : undefined),
		routing: 'active = "both"',
		toml: '[retry]\nattempts = 1\non_strikes = "return"',
	});
	expect(await scene.ask({text: long})).toMatchObject({status: 200});
	expect(scene.two.seen).toEqual([]);
	expect(scene.one.seen).toHaveLength(6);
}, 90_000);

test('who is about to leave holds nobody any more', async () => {
	await using scene = await setScene({
		one: () => '429; retry-after=20; slow=300',
		routing: 'active = "both"',
		toml: eager,
	});
	const answer = scene.ask();
	await vi.waitFor(() => {
		expect(scene.one.seen).toHaveLength(1);
	});
	const drained = scene.tollgate.drain(10_000);
	expect(await answer).toMatchObject({status: 503});
	expect(await drained).toBe(0);
});
