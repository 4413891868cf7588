import { textOf, textsOf } from '@bamboo-ecs/rollout/simulation';
import { tagList } from '../render/common.ts';
import type { Operations } from './operation.ts';

export const tagOperations: Operations = {
  TagResource(simulation, request) {
    simulation.tagResource(textOf(request, 'resourceArn') ?? '', request);
    return {};
  },

  UntagResource(simulation, request) {
    simulation.untagResource(textOf(request, 'resourceArn') ?? '', textsOf(request, 'tagKeys'));
    return {};
  },

  ListTagsForResource(simulation, request) {
    return { tags: tagList(simulation.tagsOf(textOf(request, 'resourceArn') ?? '')) };
  },
};
