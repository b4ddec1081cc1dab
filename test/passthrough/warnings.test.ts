import {describe, expect, test} from 'vitest';
import {hashOf, newSecret} from '../../source/config/local-keys.js';
import {ask, question} from '../helpers/ask.js';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate, type Running} from '../helpers/passthrough.js';

const warningsOf = ({passthrough}: Running): readonly string[] =>
	passthrough.identity().steering!.warnings!;

const startJson = async () =>
	startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.setHeader('content-type', 'application/json');
		response.end('{}');
	});

describe('an Anthropic key that goes to a gateway', () => {
	test('is told once, by its fingerprint', async () => {
		await using endpoint = await startJson();
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		const secret = 'sk-ant-api03-of-the-agent';
		for (let index = 0; index < 2; index++) {
			await ask(tollgate.url, {
				method: 'POST',
				path: '/v1/messages',
				headers: ['x-api-key', secret],
				body: question,
			});
		}

		const warnings = warningsOf(tollgate);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(
			/^An Anthropic key \(sha256:[0-9a-f]{8}\) goes to 127\.0\.0\.1, which is not Anthropic's: see key in \[endpoints\.main\]\.$/v,
		);
		expect(warnings[0]).not.toContain('of-the-agent');
	});

	test('is told also where it is ours', async () => {
		await using endpoint = await startJson();
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			main: 'key = "env:KEY"',
			env: {KEY: 'sk-ant-api03-of-ours'},
		});
		await ask(tollgate.url, {
			method: 'POST',
			path: '/v1/messages',
			body: question,
		});
		expect(warningsOf(tollgate)).toHaveLength(1);
	});

	test('is told also where it comes beside a local key', async () => {
		await using endpoint = await startJson();
		const secret = newSecret('ci');
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			toml: `[keys.ci]\nhash = "${hashOf(secret)}"`,
		});
		await ask(tollgate.url, {
			method: 'POST',
			path: '/v1/messages',
			headers: [
				'x-api-key',
				secret,
				'authorization',
				'Bearer sk-ant-api03-of-the-agent',
			],
			body: question,
		});
		expect(warningsOf(tollgate)).toHaveLength(1);
	});

	test('and other keys are none of our business', async () => {
		await using endpoint = await startJson();
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		await ask(tollgate.url, {
			method: 'POST',
			path: '/v1/messages',
			headers: ['authorization', 'Bearer sk-or-v1-of-the-agent'],
			body: question,
		});
		expect(warningsOf(tollgate)).toEqual([]);
	});
});

test('a key that turns up in another program is told', async () => {
	await using endpoint = await startJson();
	const secret = newSecret('ci');
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		main: 'key = "env:KEY"',
		env: {KEY: 'key-of-the-endpoint'},
		toml: `[keys.ci]\nhash = "${hashOf(secret)}"`,
	});
	const asAgent = async (agent: string) =>
		ask(tollgate.url, {
			method: 'POST',
			path: '/v1/messages',
			headers: ['x-api-key', secret, 'user-agent', agent],
			body: question,
		});
	for (let index = 0; index < 20; index++) {
		await asAgent(`Anthropic/JS 1.12.${index}`);
	}

	expect(warningsOf(tollgate)).toEqual([]);
	await asAgent('claude-cli/2.1.330 (external, cli)');
	await asAgent('claude-cli/2.1.331 (external, cli)');
	expect(warningsOf(tollgate)).toEqual([
		'Key ci is used by claude-cli for the first time; until now by Anthropic-JS. If that is not you: tollgate key revoke ci.',
	]);
});
