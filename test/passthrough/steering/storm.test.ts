import {createHash} from 'node:crypto';
import Anthropic, {APIError} from '@anthropic-ai/sdk';
import {expect, test, vi} from 'vitest';
import {setScene} from './scene.js';

/**
Half of what the first endpoint is asked it answers 429, and then it dies; the second one takes over.
*/
test('64 agents in a storm: each gets an answer or an honest error, and nothing is sent twice or lost', async () => {
	await using scene = await setScene({
		one: ({n}) => (n % 2 === 0 ? '429; retry-after-ms=5' : 'slow=5'),
		two: ({n}) => (n % 5 === 0 ? '529; retry-after-ms=5' : undefined),
		routing: 'active = "both"',
		toml: '[concurrency]\nmax = 8\n[retry]\nattempts = 2\non_strikes = "next"',
	});
	const client = new Anthropic({
		apiKey: 'k',
		baseURL: scene.tollgate.url,
		maxRetries: 0,
	});
	const perAgent = 5;
	let answered = 0;
	const outcomes = await Promise.all(
		Array.from({length: 64}, async (_, agent) => {
			const seen: string[] = [];
			for (let turn = 0; turn < perAgent; turn++) {
				try {
					const stream = client.messages.stream(
						{
							model: 'claude-sonnet-4-6',
							max_tokens: 20,
							messages: [{role: 'user', content: `${agent} asks ${turn}`}],
						},
						{headers: {'x-claude-code-session-id': `agent-${agent}`}},
					);
					const message = await stream.finalMessage();
					seen.push(message.type);
				} catch (error) {
					seen.push(
						error instanceof APIError ? `${error.status}` : String(error),
					);
				}

				answered++;
				if (answered === 100) {
					await scene.one.close();
				}
			}

			return seen;
		}),
	);
	const all = outcomes.flat();
	expect(all).toHaveLength(64 * perAgent);
	// Answers, refusals of the endpoints, or the one stream that broke when the endpoint died.
	for (const outcome of all) {
		expect(outcome).toMatch(
			/^(?:message|429|502|529|undefined|.*(?:aborted|terminated|ended|Connection).*)$/v,
		);
	}

	expect(all.filter((outcome) => outcome === 'message').length).toBeGreaterThan(
		64 * 3,
	);
	await vi.waitFor(() => {
		for (const row of scene.tollgate.rows()) {
			expect(row.outcome).not.toBe('open');
		}

		for (const endpoint of scene.tollgate.passthrough.identity().steering!
			.endpoints) {
			expect(endpoint).toMatchObject({inUse: 0, queued: 0});
		}
	});

	const rows = scene.tollgate.rows();
	expect(rows).toHaveLength(64 * perAgent);
	const attempts = scene.tollgate.attempts();
	const sent = attempts.filter(({errorType}) => errorType !== 'ECONNREFUSED');
	const arrived = [...scene.one.seen, ...scene.two.seen];
	// What arrived is what the log tells; some of the last were cut on their way to the dying one.
	expect(sent.length).toBeGreaterThanOrEqual(arrived.length);
	expect(attempts.filter(({httpStatus}) => httpStatus === 429)).toHaveLength(
		scene.one.seen.filter(({status}) => status === 429).length,
	);
	// An answer that was given is the only good one for its body.
	const good = new Map<string, number>();
	for (const {body, status} of arrived) {
		if (status !== 200) {
			continue;
		}

		const hash = createHash('sha256')
			.update(body.toString().replace(/sonnet-(?:one|two)/v, ''))
			.digest('hex');
		good.set(hash, (good.get(hash) ?? 0) + 1);
	}

	const twice = [...good.values()].filter((times) => times > 1);
	expect(twice).toEqual([]);
}, 120_000);
