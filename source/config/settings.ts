import {asAsked} from '../exchange/as-asked.js';
import {billings} from '../exchange/exchange.js';
import {wireFormatNames} from '../exchange/usage.js';
import {startOfDay, systemZone, timeZone} from './day-kinds.js';
import {
	authSchemes,
	baseUrl,
	keySource,
	openaiUsages,
	target,
} from './endpoint-kinds.js';
import {timesUsual} from './guard-kinds.js';
import {
	atCap,
	dailyCap,
	ownCredentials,
	secretHash,
	unpricedRules,
	warnSteps,
} from './key-kinds.js';
import {
	age,
	duration,
	flag,
	listOf,
	oneOf,
	size,
	text,
	whole,
} from './kinds.js';
import {monitorKeySettings} from './monitor-key-settings.js';
import {multiplier, priceLists, rate} from './price-kinds.js';
import {listenHost, origin} from './server-kinds.js';
import {derived, required, setting} from './setting.js';
import {
	aliasOrAsAsked,
	holdModes,
	modelPattern,
	onStrikes,
} from './steering-kinds.js';

export const serverSettings = {
	host: setting('host', listenHost, {
		otherwise: '127.0.0.1',
		help: 'The address to listen on.',
	}),
	port: setting('port', whole({from: 0, to: 65_535}), {
		otherwise: 4141,
		help: 'The port to listen on; 0 for any that is free.',
	}),
	log: setting('log', text('a path', /\S/), {
		otherwise: 'usage.db',
		help: 'The usage log, a path; a relative one is in the home. Several homes may share one log.',
	}),
	requireKey: setting('require_key', flag, {
		otherwise: false,
		help: 'Whether only requests with a local key pass.',
	}),
	allowOrigins: setting('allow_origins', listOf(origin, {filled: false}), {
		otherwise: [],
		help: 'Browsers are refused, but for pages of these origins.',
	}),
	ifNotRecording: setting('if_not_recording', oneOf(['serve', 'refuse']), {
		otherwise: 'serve',
		help: 'What happens to requests while the usage log cannot be written.',
	}),
	headerTimeoutMs: setting(
		'header_timeout',
		duration({from: '100ms', to: '24h'}),
		{
			otherwise: '900s',
			help: "How long an endpoint may take until its answer's headers.",
		},
	),
	idleTimeoutMs: setting('idle_timeout', duration({from: '100ms', to: '24h'}), {
		otherwise: '300s',
		help: 'How long an endpoint may be silent between two bytes. The clock stands still while a slow agent is waited for.',
	}),
	maxBodyBytes: setting('max_body', size({from: '1KB', to: '1GB'}), {
		otherwise: '64MB',
		help: 'The largest body of a measured request; 1 KB is 1024 bytes. Other requests stream through unbounded.',
	}),
} as const;

export const endpointSettings = {
	url: required('url', baseUrl, {
		help: 'The base URL, with or without /v1. A query (`?api-version=…`) goes with every request.',
	}),
	formats: derived('formats', listOf(oneOf(wireFormatNames), {filled: true}), {
		otherwise: '`["anthropic-messages"]` for api.anthropic.com, else all three',
		help: 'The wire formats it speaks.',
	}),
	key: derived('key', keySource, {
		otherwise: '`"agent"` for the only endpoint; required with several',
		help: 'Where its key comes from.',
	}),
	auth: derived('auth', oneOf(authSchemes), {
		otherwise:
			'by the format of the request: `"x-api-key"` for Anthropic\'s, `"bearer"` for OpenAI\'s',
		help: 'The headers that carry the key.',
	}),
	openaiUsage: setting('openai_usage', oneOf(openaiUsages), {
		otherwise: 'inject',
		help: 'Whether OpenAI streams that did not ask for their usage are made to ask; what comes of it is cut out again.',
	}),
	priceMultiplier: setting('price_multiplier', multiplier, {
		otherwise: 1,
		help: 'What tokens cost here, as a multiple of their price.',
	}),
	prices: setting('prices', oneOf(priceLists), {
		otherwise: 'catalogue',
		help: "Where prices come from that neither the answer nor the config tells: the built-in catalogue, or first the endpoint's own list of models.",
	}),
	billing: setting('billing', oneOf(billings), {
		otherwise: 'api',
		help: 'How it is paid: by use, or by a plan, whose dollars are shown as no bill.',
	}),
} as const;

export const aliasSettings = {
	targets: required('targets', listOf(target, {filled: true}), {
		help: 'Where its requests go: to the first whose endpoint speaks the format of the request, and from there to the next where it fails.',
	}),
	system: derived('system', text('a text in double quotes', /\S/), {
		otherwise: 'nothing is added',
		help: 'Words of your own that are added at the end of the system prompt.',
	}),
	allowSigned: setting('allow_signed', flag, {
		otherwise: false,
		help: "Whether a conversation with signed thinking may fall back to another vendor's model, which cannot read it.",
	}),
} as const;

export const priceSettings = {
	input: required('input', rate, {
		help: 'US dollars for a million tokens of input that no cache had.',
	}),
	output: required('output', rate, {
		help: 'The same of output, reasoning included.',
	}),
	cacheRead: derived('cache_read', rate, {
		otherwise: 'as `input`',
		help: 'The same of input read from a cache.',
	}),
	cacheWrite5m: derived('cache_write_5m', rate, {
		otherwise: 'as `input`',
		help: 'The same of input written to a cache for five minutes, or for as long as there is only one price.',
	}),
	cacheWrite1h: derived('cache_write_1h', rate, {
		otherwise: 'twice `input` with `cache_write_5m`, else as `input`',
		help: 'The same of input written to a cache for an hour.',
	}),
	webSearchPer1k: derived('web_search_per_1k', rate, {
		otherwise: "the catalogue's",
		help: 'US dollars for a thousand web searches.',
	}),
} as const;

export const routingSettings = {
	endpoint: derived('endpoint', text('the name of an endpoint', /\S/), {
		otherwise: 'the first endpoint',
		help: 'Where everything goes that no alias decides.',
	}),
	active: setting('active', aliasOrAsAsked, {
		otherwise: asAsked,
		help: 'The alias that is active at the first start. Afterwards the usage log remembers which one is.',
	}),
	steer: setting('steer', listOf(modelPattern, {filled: false}), {
		otherwise: ['*sonnet*', '*opus*', '*fable*'],
		help: 'The models that follow the active alias, by the name they are asked for.',
	}),
	background: setting('background', aliasOrAsAsked, {
		otherwise: asAsked,
		help: 'Where all other models go: where they were asked to, or to an alias.',
	}),
} as const;

export const retrySettings = {
	attempts: setting('attempts', whole({from: 1, to: 10}), {
		otherwise: 2,
		help: 'How often one target is tried. One time only for a body that has failed in the last 10 minutes.',
	}),
	maxPromptTokens: setting(
		'max_prompt_tokens',
		whole({from: 0, to: 100_000_000}),
		{
			otherwise: 60_000,
			help: 'A longer prompt is dear: it waits for the target that has it cached, and is never sent again where it may be billed twice.',
		},
	),
	onStrikes: setting('on_strikes', oneOf(onStrikes), {
		otherwise: 'next',
		help: 'What follows when one body of a session has failed three times within 10 minutes: the next target, a pause, or the answer as it is.',
	}),
} as const;

export const holdSettings = {
	silentMs: setting('silent', duration({from: '1s', to: '290s'}), {
		otherwise: '240s',
		help: 'How long an agent may be kept waiting for its first byte. SDKs for Node give up at 300 s.',
	}),
	mode: setting('mode', oneOf(holdModes), {
		otherwise: 'hold',
		help: 'What a pause does with requests: keep them waiting, or refuse them.',
	}),
} as const;

export const concurrencySettings = {
	max: setting('max', whole({from: 1, to: 1000}), {
		otherwise: 8,
		help: 'How many requests an endpoint is given at once. Fewer after a 429, then slowly more again.',
	}),
} as const;

export const guardSettings = {
	enabled: setting('enabled', flag, {
		otherwise: true,
		help: 'Whether requests are paused when an agent seems to run away.',
	}),
	dollarsPerMinuteFactor: setting('dollars_per_minute_factor', timesUsual, {
		otherwise: 5,
		help: 'It pauses when a key spends so many times its usual dollars a minute.',
	}),
	sameBody: setting('same_body', whole({from: 2, to: 1000}), {
		otherwise: 6,
		help: 'It pauses when a session sends the same body so many times.',
	}),
	errorsInRow: setting('errors_in_row', whole({from: 2, to: 1000}), {
		otherwise: 10,
		help: 'It pauses after so many errors, one after the other.',
	}),
} as const;

export const keySettings = {
	dailyCapNanodollars: derived('daily_cap', dailyCap, {
		otherwise: 'no cap in dollars',
		help: 'What it may spend in a day.',
	}),
	dailyTokens: derived('daily_tokens', whole({from: 1, to: 1e12}), {
		otherwise: 'no cap in tokens',
		help: 'The tokens it may use in a day: input, cache and output together.',
	}),
	atCap: setting('at_cap', atCap, {
		otherwise: 'ask',
		help: 'What becomes of a request at the cap: it waits for your word in the monitor, is refused, or goes on with a cheaper alias.',
	}),
	warnAt: setting('warn_at', warnSteps, {
		otherwise: [0.5, 0.8],
		help: 'The shares of the cap at which it warns.',
	}),
	unpriced: setting('unpriced', oneOf(unpricedRules), {
		otherwise: 'allow',
		help: 'What becomes of requests whose price is not known, where there is a cap in dollars.',
	}),
	credentials: derived('credentials', ownCredentials, {
		otherwise: 'the key of each endpoint',
		help: 'Where its own keys for endpoints come from.',
	}),
	hash: derived('hash', secretHash, {
		otherwise: 'it has no secret',
		help: 'What its secret is known by. Written by `tollgate key add`.',
	}),
} as const;

export const daySettings = {
	timezone: setting('timezone', timeZone, {
		otherwise: systemZone,
		help: 'The time zone that days are counted in.',
	}),
	startsAt: setting('starts_at', startOfDay, {
		otherwise: '00:00',
		help: 'When a day begins. What happens before still belongs to the day before.',
	}),
} as const;

export const logSettings = {
	keepMs: setting('keep', age({from: '1d', to: '36500d'}), {
		otherwise: '400d',
		help: 'How long single requests are kept in the usage log. The sums that summaries are made of stay.',
	}),
} as const;

/**
Every section there is. `named` ones stand once for each name: `[endpoints.NAME]`.
*/
export const sections = {
	server: {named: false, settings: serverSettings},
	endpoints: {named: true, settings: endpointSettings},
	routing: {named: false, settings: routingSettings},
	aliases: {named: true, settings: aliasSettings},
	retry: {named: false, settings: retrySettings},
	hold: {named: false, settings: holdSettings},
	concurrency: {named: false, settings: concurrencySettings},
	guard: {named: false, settings: guardSettings},
	keys: {named: true, settings: keySettings},
	prices: {named: true, settings: priceSettings},
	day: {named: false, settings: daySettings},
	log: {named: false, settings: logSettings},
	'monitor.keys': {named: false, settings: monitorKeySettings},
} as const;
/**
As they begin at the top of the file.
*/
export const sectionNames = Object.keys(sections).map(
	(name) => name.split('.', 1)[0]!,
);

/**
`[server]`, `[endpoints.NAME]`.
*/
export const sectionTitle = (name: keyof typeof sections): string =>
	sections[name].named ? `[${name}.NAME]` : `[${name}]`;
