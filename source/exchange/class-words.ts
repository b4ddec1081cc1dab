import {likeModels} from './like-models.js';
import {limitWords} from './limit-words.js';
import {networkWords} from './network-words.js';
import {ofEndpoint, said, theEndpoint, type Words} from './said.js';
import type {ErrorClass} from './usage.js';
import type {Knowledge, Told} from './told.js';

type Say = (told: Told, knowledge: Knowledge) => Words;

/**
Each class of error in words.
*/
export const classWords: Readonly<Record<ErrorClass, Say>> = {
	quota: ({endpoint}) => quota(endpoint),
	model_not_found: unknownModel,
	context_length: () =>
		said(
			['prompt too long for the model', 'prompt too long', 'too long'],
			'The prompt is longer than the context window of the model.',
			'Compact or clear the conversation, or use a model with a larger window.',
		),
	auth: orPage(({endpoint}) =>
		said(
			['key not accepted', 'auth'],
			`${theEndpoint(endpoint)} did not accept the key.`,
			`Check key and auth of ${ofEndpoint(endpoint)}; where the key is the agent's own, it must be one of this endpoint.`,
		),
	),
	invalid_request: orPage(({endpoint, errorMessage}) =>
		/credit balance|usage limit|spend(?:ing)? limit|quota/i.test(
			errorMessage ?? '',
		)
			? quota(endpoint)
			: said(
					['request not accepted', 'bad request'],
					`${theEndpoint(endpoint)} does not accept this request; its message says what is wrong.`,
					'Sending it again does not help. Gateways often know less than the API they stand for: leave out what the message names, or use another model.',
				),
	),
	billing: orPage(({endpoint}) =>
		said(
			['payment needed: waiting will not help', 'payment needed', 'billing'],
			`${theEndpoint(endpoint)} wants to be paid: there is no credit, or a payment failed.`,
			'Waiting will not help: add credit where the key comes from, or use another endpoint.',
		),
	),
	permission: orPage(({endpoint}) =>
		said(
			['not permitted', 'forbidden'],
			`${theEndpoint(endpoint)} knows the key, but does not permit it this.`,
			'Check which models and features the key may use, and whether the endpoint serves your region.',
		),
	),
	not_found: lostOnTheWay(({endpoint}) =>
		said(
			['not found'],
			`${theEndpoint(endpoint)} does not have what was asked for.`,
			'Its message names it: check the id.',
		),
	),
	route_not_found: lostOnTheWay(({endpoint, path}) =>
		said(
			['no such path at the endpoint', 'no such path', 'no path'],
			`${theEndpoint(endpoint)} does not know the path${path ? ` ${path}` : ''}.`,
			`Check url and formats of ${ofEndpoint(endpoint)}: it may not speak this format.`,
		),
	),
	timeout: orPage(({endpoint}) =>
		said(
			['no answer in time', 'timeout'],
			`${theEndpoint(endpoint)}, or a gateway before it, took too long to answer.`,
			'Try again. Long answers that are not streamed meet such limits most often: let the client stream.',
		),
	),
	conflict: orPage(({endpoint}) =>
		said(
			['conflict'],
			`${theEndpoint(endpoint)} was changing what this request needs.`,
			'Try again in a moment; SDKs do so by themselves.',
		),
	),
	too_large: orPage(({endpoint}) =>
		said(
			['request too large', 'too large'],
			`The request is larger in bytes than ${ofGateway(endpoint)} allows.`,
			'Shorten the conversation, or send fewer and smaller images and files.',
		),
	),
	rate_limit: limitWords,
	overloaded: orPage(({endpoint}) =>
		said(
			['overloaded'],
			`${theEndpoint(endpoint)} has more requests than it can serve. This is no limit of your account.`,
			'Agents try again by themselves; if it lasts, use another model or endpoint.',
		),
	),
	server: orPage(({endpoint, httpStatus}) =>
		said(
			['error at the endpoint', 'server error', 'server'],
			`${theEndpoint(endpoint)} failed${httpStatus && httpStatus >= 500 ? ` with status ${httpStatus}` : ''}.`,
			'Agents try again by themselves; if it lasts, use another model or endpoint.',
		),
	),
	network: networkWords,
	aborted: () =>
		said(
			['agent left', 'left'],
			'The agent hung up before the answer ended. What had been generated until then is billed.',
		),
	truncated: ({endpoint}) =>
		said(
			['answer cut short', 'truncated', 'cut'],
			`${theEndpoint(endpoint)}, or something on the way, broke the answer off before it ended. What came is billed, and its tokens are a lower bound.`,
			'Agents ask again by themselves. If it happens often, look at idle_timeout in [server] and at proxies on the way.',
		),
};

const quota = (endpoint: Told['endpoint']): Words =>
	said(
		[
			'spend limit at the gateway: waiting will not help',
			'spend limit: do not wait',
			'spend limit',
			'quota',
		],
		`The account at ${endpoint ? `the endpoint ${endpoint}` : 'the endpoint'} has reached its spend limit, or has no credit left.`,
		'Waiting will not help: raise the limit or add credit where the key comes from, or use another endpoint.',
	);

const ofGateway = (endpoint: Told['endpoint']): string =>
	endpoint ? `the endpoint ${endpoint}` : 'the endpoint';

function unknownModel(
	{endpoint, askedModel, sentModel}: Told,
	{models = []}: Knowledge,
): Words {
	const model = sentModel ?? askedModel ?? undefined;
	const like = model === undefined ? [] : likeModels(model, models);
	const meant = like.length === 0 ? '' : `: did you mean ${like[0]!}?`;
	return said(
		[
			...(meant === ''
				? []
				: [`no such model at this endpoint${meant}`, `no such model${meant}`]),
			'no such model at this endpoint',
			'no such model',
			'no model',
		],
		`${theEndpoint(endpoint)} has no model ${model ?? 'of this name'}.`,
		like.length === 0
			? 'Ask the endpoint for its list of models (GET /v1/models), and use an id from there.'
			: `Did you mean ${like.join(' or ')}?`,
	);
}

/**
A page in HTML comes from a gateway or a proxy, not from the API.
*/
function orPage(say: Say): Say {
	return (told, knowledge) =>
		/^\s*<(?:!doctype|html|head|\?xml)/i.test(told.errorMessage ?? '')
			? said(
					['error page of a gateway', 'gateway error', 'gateway'],
					`A gateway or proxy on the way to the API answered with a page${told.httpStatus ? ` and status ${told.httpStatus}` : ''}; the model was never asked.`,
					`${(told.httpStatus ?? 0) >= 500 ? 'It often passes: try again. ' : ''}If it stays so, check url of ${ofEndpoint(told.endpoint)} and the proxies on the way.`,
				)
			: say(told, knowledge);
}

function lostOnTheWay(say: Say): Say {
	return orPage((told, knowledge) =>
		told.hint === 'duplicate_v1' || (told.path ?? '').includes('/v1/v1/')
			? said(
					['/v1 twice in the base URL', 'doubled /v1'],
					'The client asked for a path with /v1 in it twice: its base URL should not end in /v1.',
					'Take /v1 from the base URL of the client.',
				)
			: say(told, knowledge),
	);
}
