import {catalogueModels, findModel} from '../pricing/catalogue.js';

/**
Whether a model is called that, or is by one of those who write the same ids in ways of their own. Such
a name cannot be an alias.
*/
export function isRealModel(name: string): boolean {
	const id = name.toLowerCase();
	ids ??= new Set(catalogueModels().map((model) => model.id.toLowerCase()));
	return ids.has(id) || findModel(id) !== undefined;
}

let ids: ReadonlySet<string> | undefined;
