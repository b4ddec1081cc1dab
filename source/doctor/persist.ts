import type {AuthScheme} from '../config/endpoint-kinds.js';
import type {WireFormatName} from '../exchange/usage.js';
import {credentialFor, type Chart} from './chart.js';
import type {Finding} from './check.js';
import {handMade} from './knock-at.js';
import {otherHeader} from './requests.js';
import {isGood, taste, type Taste} from './taste.js';
import {tinyBody, type Manner} from './tiny.js';

export type Persisted = Readonly<{
	taste: Taste;
	manners: Manner;
	/**
	The header that the key was taken in, where that is not the one that was tried first.
	*/
	auth: AuthScheme | undefined;
	/**
	What had to be done differently, where the user has to write it down.
	*/
	remarks: readonly Finding[];
}>;

/**
Asks in a format. What an endpoint refuses for the way it was asked is asked once more in another way:
refusals cost nothing.
*/
export async function persist(
	chart: Chart,
	format: WireFormatName,
): Promise<Persisted> {
	const body = (manner: Manner) => tinyBody(format, chart.model!, manner);
	let manners: Manner = {};
	const remarks: Finding[] = [];
	let came = await taste(chart, {format, body: body(manners)});
	for (const other of [withOtherLimit, withoutUsage]) {
		const changed = other(came, format, manners);
		if (changed === undefined) {
			continue;
		}

		manners = changed;
		// eslint-disable-next-line no-await-in-loop -- Once for each, at most.
		came = await taste(chart, {format, body: body(manners)});
		if (manners.withoutUsage) {
			remarks.push(observe(chart, came));
		}
	}

	const auth = await inOtherHeader(chart, {format, came, body: body(manners)});
	return {
		taste: auth?.taste ?? came,
		manners,
		auth: auth?.scheme,
		remarks: [...remarks, ...(auth?.remarks ?? [])],
	};
}

const complaint = (came: Taste): string =>
	came.kind === 'tasted' && came.answer.status === 400
		? (came.facts.error?.message ?? '')
		: '';

function withOtherLimit(
	came: Taste,
	format: WireFormatName,
	manners: Manner,
): Manner | undefined {
	const words = complaint(came);
	if (
		format !== 'openai-chat' ||
		!/max_(?:completion_)?tokens/.test(words) ||
		// It is the number that does not suit.
		/at least|minimum|greater|small|below/i.test(words)
	) {
		return undefined;
	}

	const said = came.request.body?.includes('"max_completion_tokens"') ?? false;
	return {...manners, saysCompletionTokens: !said};
}

const withoutUsage = (
	came: Taste,
	format: WireFormatName,
	manners: Manner,
): Manner | undefined =>
	format === 'openai-chat' &&
	/stream_options|include_usage/.test(complaint(came))
		? {...manners, withoutUsage: true}
		: undefined;

const observe = (chart: Chart, {request}: Taste): Finding => ({
	check: 'usage',
	standing: 'warn',
	said: 'Usage cannot be asked for in streams of openai-chat: stream_options is refused.',
	...(chart.endpoint !== undefined && {
		fix: `Write openai_usage = "observe" in [endpoints.${chart.endpoint}].`,
	}),
	curl: handMade(request, chart),
});

/**
A key that the list of models took in one header may be wanted in the other one here.
*/
async function inOtherHeader(
	chart: Chart,
	{
		came,
		format,
		body,
	}: Readonly<{
		came: Taste;
		format: WireFormatName;
		body: unknown;
	}>,
): Promise<
	| Readonly<{
			taste: Taste;
			scheme: AuthScheme | undefined;
			remarks: readonly Finding[];
	  }>
	| undefined
> {
	const credential = credentialFor(chart, format);
	if (
		credential === undefined ||
		came.kind !== 'tasted' ||
		came.answer.status !== 401
	) {
		return undefined;
	}

	const other = otherHeader(credential);
	const {scheme} = other;
	const again = await taste(chart, {format, body, credential: other});
	if (again.kind !== 'tasted' || again.answer.status === 401) {
		return undefined;
	}

	return isGood(again)
		? {taste: again, scheme, remarks: [inHeader(chart, scheme, format)]}
		: // The key is taken so: what is said now is of something else.
			{taste: again, scheme: undefined, remarks: []};
}

const inHeader = (
	{endpoint}: Chart,
	scheme: AuthScheme,
	format: WireFormatName,
): Finding => ({
	check: 'key',
	standing: endpoint === undefined ? 'warn' : 'bad',
	said: `In ${format} the key is taken ${scheme === 'bearer' ? 'as a bearer token, not as x-api-key' : 'as x-api-key, not as a bearer token'}.`,
	fix: `Write auth = "${scheme}" in ${endpoint === undefined ? 'the section of the endpoint' : `[endpoints.${endpoint}]`}.`,
});
