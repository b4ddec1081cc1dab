import {expect, test} from 'vitest';
import {setScene} from './scene.js';

// Cache reads cost a tenth of what is not cached; output is free.
const prices =
	'[prices."warm"]\ninput = 1000\noutput = 0\ncache_read = 100\ncache_write_5m = 1000';

test('what calls of other models used is in no cache of its conversation', async () => {
	const reserved: number[] = [];
	await using scene = await setScene({
		toml: prices,
		keys: '[keys.default]\ndaily_cap = 1000.00\nat_cap = "refuse"',
		async play({heard, response}) {
			await heard.body();
			reserved.push(scene.standing().reservedNanodollars);
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'm',
					type: 'message',
					role: 'assistant',
					model: 'warm',
					content: [],
					usage: {
						input_tokens: 0,
						output_tokens: 1,
						cache_read_input_tokens: 10,
						iterations: [
							{
								type: 'advisor_message',
								model: 'warm',
								input_tokens: 100_000,
								output_tokens: 1,
							},
						],
					},
				}),
			);
		},
	});
	const headers = ['x-claude-code-session-id', 'a'];
	for (let index = 0; index < 2; index++) {
		await scene.ask({model: 'warm', headers});
	}

	// Ten tokens are a tenth as dear, and no more of them than that.
	expect(reserved[0]! - reserved[1]!).toBe(10 * 900_000);
});
