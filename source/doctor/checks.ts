import type {Check} from './chart.js';
import {address} from './checks/address.js';
import {answers} from './checks/answers.js';
import {cost} from './checks/cost.js';
import {countTokens} from './checks/count-tokens.js';
import {formats} from './checks/formats.js';
import {key} from './checks/key.js';
import {latency} from './checks/latency.js';
import {limits} from './checks/limits.js';
import {model} from './checks/model.js';
import {models} from './checks/models.js';
import {network} from './checks/network.js';
import {price} from './checks/price.js';
import {stream} from './checks/stream.js';
import {tools} from './checks/tools.js';
import {usage} from './checks/usage.js';

/**
What is looked at in an endpoint, in this order. Those up to `model` cost nothing.
*/
export const allChecks: readonly Check[] = [
	network,
	address,
	key,
	models,
	formats,
	model,
	cost,
	answers,
	stream,
	usage,
	price,
	tools,
	countTokens,
	limits,
	latency,
];

/**
Those that need no model.
*/
export const freeChecks: readonly Check[] = [
	network,
	address,
	key,
	models,
	formats,
];
