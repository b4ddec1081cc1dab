import type {ApiFamily} from './speech.js';

/**
An error answer before it has a shape.
*/
export type Refusal = Readonly<{
	status: number;
	message?: string;
	/**
	Anthropic's `details.error_code`, OpenAI's `code`.
	*/
	quota?: boolean;
	model?: string;
}>;

/**
The body of an error in the shape of its API. Anthropic: `resources/shared.d.ts` of its SDK and the
errors page of its documentation. OpenAI: `core/error.js` of its SDK and its error codes guide.
*/
export function refusalBody(
	family: ApiFamily,
	refusal: Refusal,
	requestId: string,
): unknown {
	const message = refusal.message ?? messageFor(refusal);
	if (family === 'openai') {
		return {error: {message, ...openaiTerms(refusal), param: null}};
	}

	const {status, quota} = refusal;
	const type = anthropicTypes[status] ?? 'api_error';
	const error = quota
		? {type, message, details: {error_code: 'enforced_spend_limit_reached'}}
		: {type, message};
	return {type: 'error', error, request_id: requestId};
}

/**
What a proxy on the way says when it cannot reach the API: not in any API's shape.
*/
export const badGatewayPage =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

const anthropicTypes: Readonly<Record<number, string>> = {
	400: 'invalid_request_error',
	401: 'authentication_error',
	402: 'billing_error',
	403: 'permission_error',
	404: 'not_found_error',
	405: 'invalid_request_error',
	408: 'timeout_error',
	409: 'conflict_error',
	413: 'request_too_large',
	422: 'invalid_request_error',
	429: 'rate_limit_error',
	504: 'timeout_error',
	529: 'overloaded_error',
};

function openaiTerms({status, quota, model}: Refusal): {
	type: string;
	code: string | null;
} {
	if (quota) {
		return {type: 'insufficient_quota', code: 'insufficient_quota'};
	}

	if (status === 401) {
		return {type: 'invalid_request_error', code: 'invalid_api_key'};
	}

	if (status === 404 && model !== undefined) {
		return {type: 'invalid_request_error', code: 'model_not_found'};
	}

	if (status === 429) {
		return {type: 'tokens', code: 'rate_limit_exceeded'};
	}

	const type = status >= 500 ? 'server_error' : 'invalid_request_error';
	return {type, code: null};
}

function messageFor({status, quota, model}: Refusal): string {
	if (quota) {
		return 'The spend limit of this workspace is used up.';
	}

	return status === 404 && model !== undefined
		? `model: ${model}`
		: (messages[status] ?? `The simulated endpoint answered ${status}.`);
}

const messages: Readonly<Record<number, string>> = {
	401: 'The API key is not valid.',
	402: 'The credit balance is too low.',
	413: 'The request is larger than 32 MB.',
	429: 'This request would exceed the rate limit of 2,000,000 input tokens per minute.',
	500: 'Internal server error',
	503: 'Service unavailable',
	529: 'Overloaded',
};
