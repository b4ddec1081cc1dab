import {expect, test, vi} from 'vitest';
import {cents} from '../passthrough/caps/scene.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {testHome, run, startServe} from '../helpers/program.js';

const question = (most: number) => ({
	method: 'POST',
	path: '/v1/messages',
	headers: ['content-type', 'application/json'],
	body: JSON.stringify({model: 'cents', max_tokens: most, messages: []}),
});

const answerTo = (tokens: number) =>
	JSON.stringify({
		id: 'm',
		type: 'message',
		role: 'assistant',
		model: 'cents',
		content: [],
		usage: {input_tokens: 5, output_tokens: tokens},
	});

type Key = Readonly<{
	spentNanodollars: number;
	reservedNanodollars: number;
	capNanodollars: number;
}>;

const keyOf = async (home: string): Promise<Key> => {
	const {stdout} = await run(['status', '--json'], {home});
	const {keys} = JSON.parse(stdout) as {keys: readonly Key[]};
	return keys[0]!;
};

test('a cap outlives the passthrough: reached, killed, raised, reached again', async () => {
	let isStuck = true;
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		const {max_tokens: tokens} = JSON.parse(String(await heard.body())) as {
			max_tokens: number;
		};
		if (isStuck) {
			return;
		}

		response.setHeader('content-type', 'application/json');
		response.end(answerTo(tokens));
	});
	using home = testHome(
		[
			`[endpoints.main]\nurl = "${endpoint.url}"`,
			'[prices."cents"]\ninput = 0\noutput = 10000',
			'[keys.default]\ndaily_cap = 1.00\nat_cap = "refuse"',
		].join('\n'),
	);
	const {folder} = home;
	{
		await using serving = await startServe(folder);
		const cut = ask(serving.url, question(60)).catch(() => undefined);
		await vi.waitFor(() => {
			expect(endpoint.heard).toHaveLength(1);
		});
		await vi.waitFor(async () => {
			expect(await keyOf(folder)).toMatchObject({
				spentNanodollars: 0,
				reservedNanodollars: cents(60),
			});
		});
		serving.child.kill('SIGKILL');
		await cut;
	}

	isStuck = false;
	await using serving = await startServe(folder);
	// What was under way when it died may have been billed.
	await vi.waitFor(async () => {
		expect(await keyOf(folder)).toMatchObject({
			spentNanodollars: cents(60),
			reservedNanodollars: 0,
		});
	});
	expect(await ask(serving.url, question(50))).toMatchObject({status: 402});
	const raised = await run(['cap', 'default', '+5'], {home: folder});
	expect(raised).toMatchObject({code: 0, stderr: ''});
	expect(await keyOf(folder)).toMatchObject({capNanodollars: cents(600)});
	expect(await ask(serving.url, question(500))).toMatchObject({status: 200});
	expect(await ask(serving.url, question(50))).toMatchObject({status: 402});
	expect(await keyOf(folder)).toMatchObject({
		spentNanodollars: cents(560),
		reservedNanodollars: 0,
	});
}, 60_000);
