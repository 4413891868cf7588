// Texts of ECS as people reported them and as AWS documents them, with where they stand. Accounts and names are made up.
import { describe, expect, test } from '@jest/globals';
import { causeOf } from '../../src/causes/patterns.ts';

const closest =
  '(service web) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance acf43593-6b86';

const reports: readonly (readonly [cause: string, text: string, source: string])[] = [
  [
    'network-interface',
    `${closest} encountered error "RESOURCE:ENI". For more information, see the Troubleshooting section.`,
    'https://github.com/aws/amazon-ecs-agent/issues/2448',
  ],
  [
    'network-interface',
    'Unable to attach network interface to unused device index.',
    'https://github.com/aws/containers-roadmap/issues/1545',
  ],
  [
    'image-platform',
    'CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}',
    'https://github.com/aws/containers-roadmap/issues/1120',
  ],
  [
    'image-platform',
    "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'",
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html',
  ],
  [
    'image-not-found',
    'CannotPullContainerError: Tag latest not found in repository docker.io/library/owncloud',
    'https://github.com/aws/amazon-ecs-agent/issues/422',
  ],
  [
    'image-access-denied',
    'CannotPullContainerError: failed to resolve ref "docker.io/library/braid:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'https://github.com/docker-archive/compose-cli/issues/853',
  ],
  [
    'image-rate-limit',
    'CannotPullContainerError: unexpected status code https://registry-1.docker.io/v2/web/manifests/sha256:86e3: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
    'https://github.com/apptension/saas-boilerplate/issues/204',
  ],
  [
    'image-unreachable',
    'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/tryretool/backend:2.110.5: failed to do request: Head "https://registry-1.docker.io/v2/tryretool/backend/manifests/2.110.5": dial tcp 34.205.13.154:443: i/o timeout',
    'https://github.com/ActionIQ/terraform-aws-retool-ecs-fargate/issues/20',
  ],
  [
    'aws-unreachable',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadli...',
    'https://github.com/umotif-public/terraform-aws-ecs-fargate/issues/50',
  ],
  [
    'aws-unreachable',
    'ResourceInitializationError: failed to validate logger args: : signal: killed',
    'https://gist.github.com/bradleybeddoes/7b568d87d20c5e4ebfe31de9a8dc08c7',
  ],
  [
    'log-group',
    'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: CredentialsEndpointError: failed to load credentials',
    'https://github.com/aws/amazon-ecs-cli/issues/752',
  ],
  [
    'log-group',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html',
  ],
  [
    'secret-denied',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:eu-west-2:123456789012:parameter/GOOGLE_CLIENT_ID because no identity-based policy allows the ssm:GetParameters action',
    'https://github.com/aws/copilot-cli/issues/4504',
  ],
  [
    'secret-denied',
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:x from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400',
    'https://github.com/GiamPy5/terraform-aws-directus/issues/10',
  ],
  [
    'secret-missing',
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret x from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html',
  ],
  [
    'command-not-found',
    'CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "python": executable file not found in $PATH: unknown',
    'https://github.com/aws/amazon-ecs-cli/issues/1136',
  ],
  [
    'command-not-found',
    'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: OCI runtime create failed: container_linux.go:370: starting container process caused: exec: "/opt/sonarqube/bin/run.sh": stat /opt/sonarqube/bin/run.sh...no such file or direct...',
    'https://github.com/aws/amazon-ecs-agent/issues/2954',
  ],
  [
    'capacity',
    'was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone',
    'https://github.com/sil-org/ecs-deploy/issues/277',
  ],
  [
    'load-balancer-health',
    '(service web) (port 4200) is unhealthy in (target-group arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/web/1) due to (reason Health checks failed).',
    'https://github.com/aws/copilot-cli/issues/2526',
  ],
  [
    'start-timeout',
    'DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s',
    'https://repost.aws/knowledge-center/ecs-fargate-docker-timeout-error',
  ],
  [
    'image-pull',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/amazon/aws-xray-daemon/manifests/sha256:2d96...',
    'https://github.com/aws/aws-xray-daemon/issues/146',
  ],
  [
    'volume-mount',
    'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: mount.nfs4: Connection reset by peer : unsuccessful EFS utils command execution; code: 32',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html',
  ],
  [
    'secret-missing',
    'Fetching secret data from SSM Parameter Store in us-west-2: invalid parameters: /prod/db/password',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html',
  ],
  [
    'no-disk-space',
    'CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image on snapshotter overlayfs: failed to extract layer sha256:c023: write /tmp/x: no space left on device: unknown',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html',
  ],
  [
    'no-instances',
    '(service web) was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your capacity provider.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html',
  ],
  [
    'interrupted',
    'Your Spot Task was interrupted.',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html',
  ],
  [
    'no-memory',
    `${closest} has insufficient memory available.`,
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html',
  ],
  [
    'agent-disconnected',
    `${closest} encountered error "AGENT".`,
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html',
  ],
];

describe('causes of texts that were seen in the field', () => {
  test.each(reports)('%s: %s', (cause, text) => {
    expect(causeOf(text)).toBe(cause);
  });

  test.each([
    ['image-access-denied', 'CannotPullContainerError: pull access denied for acme/secret-sauce: denied'],
    [
      'image-not-found',
      'CannotPullContainerError: failed to resolve ref "r.example/access-denied/web:1": not found',
    ],
    [
      'image-not-found',
      'CannotPullContainerError: failed to resolve ref r.example/log-group-cleaner:7: r.example/log-group-cleaner:7: not found',
    ],
    [
      'no-memory',
      '(service secret-denied) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 1 has insufficient memory available.',
    ],
    [
      'command-not-found',
      'CannotStartContainerError: OCI runtime create failed: unable to start container process: exec: "java": executable fi',
    ],
    [
      'command-not-executable',
      'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: OCI runtime create failed: exec: "/app": is a directory: unknown',
    ],
    [
      'log-driver',
      'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: dial tcp 10.0.0.1:24224: connect: connection refused',
    ],
    [
      'image-unreachable',
      'CannotPullContainerError: failed to copy: unexpected status code https://r.example/v2/web/blobs/sha256:1: 503 Service Unavailable',
    ],
    ['image-unreachable', 'CannotPullContainerError: context canceled'],
  ])('names, prefixes and cut ends do not mislead: %s: %s', (cause, text) => {
    expect(causeOf(text)).toBe(cause);
  });

  test('a message that is no failure has none', () => {
    for (const text of [
      '(service pull-denied) has started 1 tasks: (task 0123).',
      '(service ENI) has reached a steady state.',
      '(service secret-403-denied) has begun draining connections on 1 tasks.',
      '(service web) has started 1 tasks in eu-west-1a to AZ Rebalance: (task 1).',
      '(service web) is in progress of a deployment using capacity provider strategy (capacity-provider FARGATE)',
      '(service web) has reached a steady state.',
      '(service web) has started 1 tasks: (task 0123).',
      '(service web) registered 1 targets in (target-group arn:x)',
      '(service web) has begun draining connections on 1 tasks.',
      '(service web) (deployment ecs-svc/1) deployment completed.',
      '',
    ])
      expect(causeOf(text)).toBeNull();
  });
});
