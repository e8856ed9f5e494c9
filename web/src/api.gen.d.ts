export interface paths {
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events of the account, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                clientId: string;
                                deviceId: string;
                                siteId: string;
                                sessionId: string;
                                /** @enum {string} */
                                type: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
                                zone: string | null;
                                /** @enum {string|null} */
                                mode: "home" | "away" | "night" | "vacation" | "emergency" | null;
                                confidence: number | null;
                                attributes: {
                                    [key: string]: unknown;
                                };
                                /** Format: date-time */
                                occurredAt: string;
                                /** Format: date-time */
                                receivedAt: string;
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                assessment: {
                                    /** @enum {string} */
                                    level: "low" | "standard" | "elevated" | "critical";
                                    score: number;
                                    summary: string;
                                    reasons: {
                                        code: string;
                                        text: string;
                                        weight: number;
                                        eventIds: string[];
                                    }[];
                                    recommendation: string;
                                    /** @enum {string} */
                                    tone: "calm" | "attentive" | "urgent";
                                    lifeSafety: boolean;
                                };
                                sealed: boolean;
                                digest: {
                                    /** @enum {string} */
                                    state: "here" | "coming" | "possible" | "none";
                                    /** @enum {string} */
                                    reason: "stored" | "under-review" | "session-open" | "pictures-outstanding" | "no-picture" | "level" | "tier" | "allowance" | "review-failed";
                                    text: string;
                                    digestId?: string;
                                };
                                evidence: {
                                    momentId: string;
                                    name: string;
                                    /** @enum {string} */
                                    contentType: "image/jpeg" | "image/png" | "image/webp";
                                    bytes: number;
                                    /** @enum {string} */
                                    state: "announced" | "ready";
                                }[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Report one event */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        type: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
                        /** Format: date-time */
                        occurredAt: string;
                        zone?: string;
                        confidence?: number;
                        /** @enum {string} */
                        mode?: "home" | "away" | "night" | "vacation" | "emergency";
                        attributes?: {
                            [key: string]: unknown;
                        };
                        evidence?: {
                            name: string;
                            /** @enum {string} */
                            contentType: "image/jpeg" | "image/png" | "image/webp";
                            bytes: number;
                            sha256: string;
                            /** Format: date-time */
                            capturedAt?: string;
                        }[];
                    };
                    "multipart/form-data": {
                        /** @description The event as JSON; `evidence` may be left out */
                        event: string;
                        /**
                         * Format: binary
                         * @description One part per image; its filename is the evidence name
                         */
                        image?: string;
                    };
                };
            };
            responses: {
                /** @description Recorded, now or before */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            status: "accepted" | "duplicate";
                            assessment: {
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                score: number;
                                summary: string;
                                reasons: {
                                    code: string;
                                    text: string;
                                    weight: number;
                                    eventIds: string[];
                                }[];
                                recommendation: string;
                                /** @enum {string} */
                                tone: "calm" | "attentive" | "urgent";
                                lifeSafety: boolean;
                            };
                            uploads: {
                                name: string;
                                /** @enum {string} */
                                method: "PUT";
                                url: string;
                                headers: {
                                    [key: string]: string;
                                };
                                /** Format: date-time */
                                expiresAt: string;
                            }[];
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description It conflicts with what is there */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description Try again later */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report up to 100 events; each is accepted or refused by itself */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        events: {
                            id: string;
                            /** @enum {string} */
                            type: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
                            /** Format: date-time */
                            occurredAt: string;
                            zone?: string;
                            confidence?: number;
                            /** @enum {string} */
                            mode?: "home" | "away" | "night" | "vacation" | "emergency";
                            attributes?: {
                                [key: string]: unknown;
                            };
                            evidence?: {
                                name: string;
                                /** @enum {string} */
                                contentType: "image/jpeg" | "image/png" | "image/webp";
                                bytes: number;
                                sha256: string;
                                /** Format: date-time */
                                capturedAt?: string;
                            }[];
                        }[];
                    };
                };
            };
            responses: {
                /** @description One answer an event, in order */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: ({
                                /** @enum {number} */
                                status: 202;
                                event: {
                                    id: string;
                                    sessionId: string;
                                    /** @enum {string} */
                                    status: "accepted" | "duplicate";
                                    assessment: {
                                        /** @enum {string} */
                                        level: "low" | "standard" | "elevated" | "critical";
                                        score: number;
                                        summary: string;
                                        reasons: {
                                            code: string;
                                            text: string;
                                            weight: number;
                                            eventIds: string[];
                                        }[];
                                        recommendation: string;
                                        /** @enum {string} */
                                        tone: "calm" | "attentive" | "urgent";
                                        lifeSafety: boolean;
                                    };
                                    uploads: {
                                        name: string;
                                        /** @enum {string} */
                                        method: "PUT";
                                        url: string;
                                        headers: {
                                            [key: string]: string;
                                        };
                                        /** Format: date-time */
                                        expiresAt: string;
                                    }[];
                                };
                            } | {
                                status: number;
                                problem: {
                                    type: string;
                                    title: string;
                                    status: number;
                                    detail: string;
                                    /** @enum {string} */
                                    code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                                    requestId: string;
                                    errors: {
                                        pointer: string;
                                        detail: string;
                                    }[];
                                };
                            })[];
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/seal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Evidence is up: verify it and make its moments ready */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What is ready and what is missing */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @description Whether all announced evidence is there and right */
                            sealed: boolean;
                            ready: number;
                            /** @description Where to upload what is still missing */
                            uploads: {
                                name: string;
                                /** @enum {string} */
                                method: "PUT";
                                url: string;
                                headers: {
                                    [key: string]: string;
                                };
                                /** Format: date-time */
                                expiresAt: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call the event's assessment false: such assessments weigh less from now on. Once for each event */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description How often assessments of this type and zone were called false */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            type: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
                            zone: string | null;
                            count: number;
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions of the account, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of sessions */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                siteId: string;
                                /** @enum {string} */
                                state: "open" | "closed";
                                /** Format: date-time */
                                firstEventAt: string;
                                /** Format: date-time */
                                lastEventAt: string;
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                assessment: {
                                    /** @enum {string} */
                                    level: "low" | "standard" | "elevated" | "critical";
                                    score: number;
                                    summary: string;
                                    reasons: {
                                        code: string;
                                        text: string;
                                        weight: number;
                                        eventIds: string[];
                                    }[];
                                    recommendation: string;
                                    /** @enum {string} */
                                    tone: "calm" | "attentive" | "urgent";
                                    lifeSafety: boolean;
                                };
                                reviewId: string | null;
                                digestId: string | null;
                                digest: {
                                    /** @enum {string} */
                                    state: "here" | "coming" | "possible" | "none";
                                    /** @enum {string} */
                                    reason: "stored" | "under-review" | "session-open" | "pictures-outstanding" | "no-picture" | "level" | "tier" | "allowance" | "review-failed";
                                    text: string;
                                    digestId?: string;
                                };
                                late: boolean;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One session with its events */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The session */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            siteId: string;
                            /** @enum {string} */
                            state: "open" | "closed";
                            /** Format: date-time */
                            firstEventAt: string;
                            /** Format: date-time */
                            lastEventAt: string;
                            /** @enum {string} */
                            level: "low" | "standard" | "elevated" | "critical";
                            assessment: {
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                score: number;
                                summary: string;
                                reasons: {
                                    code: string;
                                    text: string;
                                    weight: number;
                                    eventIds: string[];
                                }[];
                                recommendation: string;
                                /** @enum {string} */
                                tone: "calm" | "attentive" | "urgent";
                                lifeSafety: boolean;
                            };
                            reviewId: string | null;
                            digestId: string | null;
                            digest: {
                                /** @enum {string} */
                                state: "here" | "coming" | "possible" | "none";
                                /** @enum {string} */
                                reason: "stored" | "under-review" | "session-open" | "pictures-outstanding" | "no-picture" | "level" | "tier" | "allowance" | "review-failed";
                                text: string;
                                digestId?: string;
                            };
                            late: boolean;
                            events: {
                                id: string;
                                clientId: string;
                                deviceId: string;
                                siteId: string;
                                sessionId: string;
                                /** @enum {string} */
                                type: "motion" | "person" | "vehicle" | "animal" | "package" | "doorbell" | "door" | "window" | "glass_break" | "forced_entry" | "smoke" | "carbon_monoxide" | "gas" | "temperature" | "flame" | "tamper" | "audio" | "custom";
                                zone: string | null;
                                /** @enum {string|null} */
                                mode: "home" | "away" | "night" | "vacation" | "emergency" | null;
                                confidence: number | null;
                                attributes: {
                                    [key: string]: unknown;
                                };
                                /** Format: date-time */
                                occurredAt: string;
                                /** Format: date-time */
                                receivedAt: string;
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                assessment: {
                                    /** @enum {string} */
                                    level: "low" | "standard" | "elevated" | "critical";
                                    score: number;
                                    summary: string;
                                    reasons: {
                                        code: string;
                                        text: string;
                                        weight: number;
                                        eventIds: string[];
                                    }[];
                                    recommendation: string;
                                    /** @enum {string} */
                                    tone: "calm" | "attentive" | "urgent";
                                    lifeSafety: boolean;
                                };
                                sealed: boolean;
                                digest: {
                                    /** @enum {string} */
                                    state: "here" | "coming" | "possible" | "none";
                                    /** @enum {string} */
                                    reason: "stored" | "under-review" | "session-open" | "pictures-outstanding" | "no-picture" | "level" | "tier" | "allowance" | "review-failed";
                                    text: string;
                                    digestId?: string;
                                };
                                evidence: {
                                    momentId: string;
                                    name: string;
                                    /** @enum {string} */
                                    contentType: "image/jpeg" | "image/png" | "image/webp";
                                    bytes: number;
                                    /** @enum {string} */
                                    state: "announced" | "ready";
                                }[];
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a deep review; an open session is closed by it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required. The same key and body answer the same; 422 when the body differs. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                /** @description The review that this session already has */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "completed" | "failed" | "cancelled";
                            k: number;
                            /** @enum {string} */
                            queue: "priority" | "standard";
                            reasons: string[];
                            /** Format: date-time */
                            requestedAt: string;
                            queuePosition?: number;
                            digestId?: string;
                            failure?: string;
                        };
                    };
                };
                /** @description Asked for */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "completed" | "failed" | "cancelled";
                            k: number;
                            /** @enum {string} */
                            queue: "priority" | "standard";
                            reasons: string[];
                            /** Format: date-time */
                            requestedAt: string;
                            queuePosition?: number;
                            digestId?: string;
                            failure?: string;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description It conflicts with what is there */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The allowance is used up; RateLimit and Retry-After say when to ask again */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description Try again later */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One review: its state, K and why, and its place in the queue */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The review */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "completed" | "failed" | "cancelled";
                            k: number;
                            /** @enum {string} */
                            queue: "priority" | "standard";
                            reasons: string[];
                            /** Format: date-time */
                            requestedAt: string;
                            queuePosition?: number;
                            digestId?: string;
                            failure?: string;
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/digests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Digests of the account, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of digests */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                reviewId: string;
                                sessionId: string;
                                siteId: string;
                                siteName: string;
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                title: string;
                                summary: {
                                    text: string;
                                    momentIds: string[];
                                }[];
                                counts: {
                                    [key: string]: number;
                                };
                                momentCount: number;
                                /** Format: date-time */
                                occurredAt: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                quietUntil?: string;
                                late: boolean;
                                cover: {
                                    momentId: string;
                                    url: string;
                                    /** Format: date-time */
                                    expiresAt: string;
                                } | null;
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/digests/overnight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened in the quiet hours that began last; 404 while the account has none */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The morning summary */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            until: string;
                            over: boolean;
                            headline: string;
                            sentences: string[];
                            items: {
                                sessionId: string;
                                digestId: string | null;
                                /** Format: date-time */
                                occurredAt: string;
                                siteName: string;
                                /** @enum {string} */
                                level: "low" | "standard" | "elevated" | "critical";
                                title: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/digests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One digest with its evidence; picture URLs live at most 60 s */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The digest */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            reviewId: string;
                            sessionId: string;
                            siteId: string;
                            siteName: string;
                            /** @enum {string} */
                            level: "low" | "standard" | "elevated" | "critical";
                            title: string;
                            summary: {
                                text: string;
                                momentIds: string[];
                            }[];
                            counts: {
                                [key: string]: number;
                            };
                            momentCount: number;
                            /** Format: date-time */
                            occurredAt: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            quietUntil?: string;
                            late: boolean;
                            cover: {
                                momentId: string;
                                url: string;
                                /** Format: date-time */
                                expiresAt: string;
                            } | null;
                            timeline: {
                                text: string;
                                momentIds: string[];
                                /** Format: date-time */
                                at: string;
                            }[];
                            reasons: {
                                code: string;
                                text: string;
                                weight: number;
                                eventIds: string[];
                            }[];
                            recommendation: string;
                            moments: {
                                id: string;
                                /** @enum {string} */
                                outcome: "reviewed" | "early_exit" | "duplicate" | "unreadable" | "missing" | "deferred";
                                detections: {
                                    label: string;
                                    confidence: number;
                                    box: [
                                        number,
                                        number,
                                        number,
                                        number
                                    ];
                                    trackId?: string;
                                }[];
                                duplicateOf?: string;
                                reason?: string;
                                faces?: {
                                    count: number;
                                    qualityMax: number;
                                };
                                plates?: {
                                    text: string;
                                    confidence: number;
                                    box: [
                                        number,
                                        number,
                                        number,
                                        number
                                    ];
                                }[];
                                embeddingRef?: string;
                                /** Format: date-time */
                                capturedAt: string;
                                zone: string | null;
                                deviceId: string;
                                eventId: string;
                                image?: {
                                    url: string;
                                    /** Format: date-time */
                                    expiresAt: string;
                                };
                            }[];
                            model: {
                                name: string;
                                sha256: string;
                            };
                            provider: string;
                            capabilities: {
                                faces: boolean;
                                reidentification: boolean;
                                plates: boolean;
                            };
                            timings: {
                                queueMs: number;
                                fetchMs: number;
                                decodeMs: number;
                                inferMs: number;
                                postMs: number;
                                eventToDigestMs: number;
                                reviewMs: number;
                            };
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account of the key */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The account */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "lite" | "guardian" | "pro";
                            timeZone: string;
                            quietHours?: {
                                from: string;
                                until: string;
                            };
                            sites: {
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the time zone and the quiet hours; a new zone stretches the day of the allowance under way */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        timeZone?: string;
                        quietHours?: {
                            from: string;
                            until: string;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description The account */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "lite" | "guardian" | "pro";
                            timeZone: string;
                            quietHours?: {
                                from: string;
                                until: string;
                            };
                            sites: {
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/dismissals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget which assessments were called false */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Forgotten */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the tier allows, what is used, what is left and when it resets */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The usage */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            tier: "lite" | "guardian" | "pro";
                            reviews: {
                                limit?: number;
                                used: number;
                                left?: number;
                                refunded: number;
                                /** Format: date-time */
                                resetsAt?: string;
                                tokens?: number;
                                tokensMax?: number;
                            };
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices of the account */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All devices */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                id: string;
                                siteId: string;
                                name: string;
                                zone: string | null;
                                clock: {
                                    /** @enum {string} */
                                    state: "unknown" | "right" | "ahead" | "behind";
                                    offSeconds: number;
                                    /** Format: date-time */
                                    since: string | null;
                                    /** Format: date-time */
                                    jumpedAt: string | null;
                                    text: string | null;
                                };
                                /** Format: date-time */
                                createdAt: string;
                                keys: {
                                    id: string;
                                    /** Format: date-time */
                                    createdAt: string;
                                    /** Format: date-time */
                                    lastUsedAt: string | null;
                                    /** Format: date-time */
                                    revokedAt: string | null;
                                }[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        /** Add a device; the answer holds its key, once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required. The same key and body answer the same; 422 when the body differs. */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        siteId: string;
                        zone?: string;
                    };
                };
            };
            responses: {
                /** @description Added */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            siteId: string;
                            name: string;
                            zone: string | null;
                            clock: {
                                /** @enum {string} */
                                state: "unknown" | "right" | "ahead" | "behind";
                                offSeconds: number;
                                /** Format: date-time */
                                since: string | null;
                                /** Format: date-time */
                                jumpedAt: string | null;
                                text: string | null;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            keys: {
                                id: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                lastUsedAt: string | null;
                                /** Format: date-time */
                                revokedAt: string | null;
                            }[];
                            key: string;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description It conflicts with what is there */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a device: its keys stop working, its events stay */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Removed */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a key beside the old one, to rotate without a gap */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required. The same key and body answer the same; 422 when the body differs. */
                    "idempotency-key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Issued */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            siteId: string;
                            name: string;
                            zone: string | null;
                            clock: {
                                /** @enum {string} */
                                state: "unknown" | "right" | "ahead" | "behind";
                                offSeconds: number;
                                /** Format: date-time */
                                since: string | null;
                                /** Format: date-time */
                                jumpedAt: string | null;
                                text: string | null;
                            };
                            /** Format: date-time */
                            createdAt: string;
                            keys: {
                                id: string;
                                /** Format: date-time */
                                createdAt: string;
                                /** Format: date-time */
                                lastUsedAt: string | null;
                                /** Format: date-time */
                                revokedAt: string | null;
                            }[];
                            key: string;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description It conflicts with what is there */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The request is well formed but cannot be carried out */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/devices/{id}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a key at once */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/v1/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How busy the system is, K in force and why */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The load, measured now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            overloaded: boolean;
                            /** Format: date-time */
                            changedAt?: string;
                            reasons: string[];
                            reasonCodes: ("depth" | "wait" | "dwell" | "idle")[];
                            k: {
                                guardian: number;
                                pro: number;
                            };
                            extraBatchWindowMs: number;
                            queues: {
                                /** @enum {string} */
                                queue: "priority" | "standard";
                                jobs: number;
                                moments: number;
                                oldestSeconds?: number;
                            }[];
                            workers: number;
                            momentsPerSecond: number;
                            expectedWaitSeconds?: number;
                            deadLetters: number;
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that came to nothing, of every account, the latest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of them */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: {
                                reviewId: string;
                                accountId: string;
                                sessionId: string;
                                part: number;
                                /** @enum {string} */
                                source: "queue" | "worker";
                                reason: string;
                                /** Format: date-time */
                                diedAt: string;
                                /** @enum {string} */
                                reviewState: "queued" | "running" | "completed" | "failed" | "cancelled";
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/v1/reviews/{id}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed review once more, without charging it; calling it again changes nothing */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The review, which waits again */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            sessionId: string;
                            /** @enum {string} */
                            state: "queued" | "running" | "completed" | "failed" | "cancelled";
                            k: number;
                            /** @enum {string} */
                            queue: "priority" | "standard";
                            reasons: string[];
                            /** Format: date-time */
                            requestedAt: string;
                            queuePosition?: number;
                            digestId?: string;
                            failure?: string;
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description It conflicts with what is there */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/v1/accounts/{id}/tier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set an account's tier, at once; the next change of its subscription may set another */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        tier: "lite" | "guardian" | "pro";
                    };
                };
            };
            responses: {
                /** @description The account */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            /** @enum {string} */
                            tier: "lite" | "guardian" | "pro";
                            timeZone: string;
                            quietHours?: {
                                from: string;
                                until: string;
                            };
                            sites: {
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                /** @description The request is not well formed */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The credential or the tier does not allow it */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description There is no such thing in this account */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The content type is not supported */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stripe/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stripe's webhook: the tier of an account follows its subscriptions */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "stripe-signature"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description Taken in, now or before */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            outcome: "changed" | "kept" | "known" | "stale" | "unknown-account" | "ignored";
                        };
                    };
                };
                /** @description No valid credential */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
                /** @description Try again later */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": {
                            type: string;
                            title: string;
                            status: number;
                            detail: string;
                            /** @enum {string} */
                            code: "invalid-json" | "invalid-body" | "invalid-query" | "invalid-cursor" | "too-deep" | "batch-too-large" | "event-too-old" | "event-in-future" | "idempotency-key-missing" | "multipart-incomplete" | "unauthenticated" | "signature-invalid" | "signature-expired" | "forbidden" | "tier-excludes" | "not-found" | "idempotency-key-in-flight" | "event-id-reused" | "event-sealed" | "digest-differs" | "review-not-wanted" | "review-not-dead" | "no-evidence" | "body-too-large" | "evidence-too-large" | "unsupported-media-type" | "idempotency-key-reused" | "life-safety-stays" | "evidence-not-an-image" | "evidence-too-many-pixels" | "evidence-mismatch" | "evidence-missing" | "quota-exceeded" | "overloaded" | "unavailable" | "internal";
                            requestId: string;
                            errors: {
                                pointer: string;
                                detail: string;
                            }[];
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
