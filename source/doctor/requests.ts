import type {AuthScheme} from '../config/endpoint-kinds.js';
import type {WireFormatName} from '../exchange/usage.js';
import type {HeaderList} from '../wire/header-list.js';
import {upstreamTarget} from '../wire/paths.js';
import type {AskRequest} from './ask.js';

/**
A key and the headers it goes in.
*/
export type Credential = Readonly<{key: string; scheme: AuthScheme}>;

/**
The same key in the other of the two headers.
*/
export const otherHeader = (credential: Credential): Credential => ({
	...credential,
	scheme: credential.scheme === 'bearer' ? 'x-api-key' : 'bearer',
});

const plain: HeaderList = [
	'accept',
	'application/json',
	'accept-encoding',
	'identity',
];

export const credentialHeaders = (
	credential: Credential | undefined,
): HeaderList =>
	credential === undefined
		? []
		: [
				...(credential.scheme === 'bearer'
					? []
					: ['x-api-key', credential.key]),
				...(credential.scheme === 'x-api-key'
					? []
					: ['authorization', `Bearer ${credential.key}`]),
			];

/**
Asks for the list of models; or for one of them, by its id.
*/
export const modelsRequest = (
	base: URL,
	{
		credential,
		isAnthropic,
		id,
	}: Readonly<{
		credential?: Credential | undefined;
		isAnthropic: boolean;
		id?: string;
	}>,
): AskRequest => ({
	method: 'GET',
	url: at(
		base,
		id === undefined
			? '/v1/models?limit=1000'
			: `/v1/models/${encodeURIComponent(id)}`,
		{isAnthropic},
	),
	headers: [
		...plain,
		...(isAnthropic ? anthropicVersion : []),
		...credentialHeaders(credential),
	],
});

export const pathOf: Readonly<Record<WireFormatName, string>> = {
	'anthropic-messages': '/v1/messages',
	'openai-chat': '/v1/chat/completions',
	'openai-responses': '/v1/responses',
};

/**
A request in a wire format, or below its path (`/count_tokens`).
*/
export const postRequest = (
	base: URL,
	{
		format,
		below = '',
		credential,
		body,
		patienceMs,
	}: Readonly<{
		format: WireFormatName;
		below?: string;
		credential: Credential | undefined;
		body: unknown;
		patienceMs?: number;
	}>,
): AskRequest => ({
	method: 'POST',
	url: at(base, pathOf[format] + below, {isAnthropic: false}),
	headers: [
		...plain,
		'content-type',
		'application/json',
		...(format === 'anthropic-messages' ? anthropicVersion : []),
		...credentialHeaders(credential),
	],
	body: JSON.stringify(body),
	...(patienceMs !== undefined && {patienceMs}),
});

const anthropicVersion: HeaderList = ['anthropic-version', '2023-06-01'];

/**
The same place that the passthrough would ask.
*/
function at(
	base: URL,
	path: string,
	{isAnthropic}: Readonly<{isAnthropic: boolean}>,
): URL {
	// OpenAI's list has no pages, and some servers refuse parameters that they do not know.
	const asked = isAnthropic ? path : path.replace('?limit=1000', '');
	return new URL(base.origin + upstreamTarget(base, asked));
}

/**
What the passthrough sends a key in, where the config does not say.
*/
export const usualScheme = (format: WireFormatName): AuthScheme =>
	format === 'anthropic-messages' ? 'x-api-key' : 'bearer';

export const speaksOnlyAnthropic = (
	formats: readonly WireFormatName[],
): boolean => formats.every((format) => format === 'anthropic-messages');
