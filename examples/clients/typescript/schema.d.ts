export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Liveness: the process responds */
        get: operations["getHealthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Readiness: everything the gateway needs is usable */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** State of the gateway, Asterisk, the trunk and the disk, with a remedy for each problem */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The alarms that fire now, and the silences */
        get: operations["getAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Resolved alarms, newest first */
        get: operations["getAlarmsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that you take care of an alarm; others see it */
        post: operations["postAlarmAcknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends no messages about an alarm for a time. If it still fires at the end, it is sent then. Replaces an earlier silence of the same alarm */
        post: operations["postAlarmsSilences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alarms/silences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a silence */
        delete: operations["deleteAlarmsSilence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last complete check of the system, with its progress */
        get: operations["getSystemChecks"];
        put?: never;
        /** Begins to check everything: ports, NAT, rights, clocks, disk, codecs, prompts, certificate, trunk, backup */
        post: operations["postSystemChecks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/connect-sheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an Asterisk of your own has and lacks for the gateway, also before it is connected */
        get: operations["getSystemConnectSheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics for Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole configuration, as YAML; its ETag is the version. People’s numbers are masked without the scope numbers:read */
        get: operations["getConfig"];
        /** Makes the configuration what the document says: all of it, or nothing. With If-Match only if its version is that of the ETag */
        put: operations["putConfig"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is wrong with a configuration, each with its place and what to do about it */
        post: operations["postConfigLint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plan-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The actions of call plans with their settings, for forms */
        get: operations["getPlanActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs the plan of a line without a telephone: the configuration, a draft or a document. The scope numbers:read is needed as well, and config:write to send requests to the real shop */
        post: operations["postSimulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Drafts of the configuration, the last changed first */
        get: operations["getConfigDrafts"];
        put?: never;
        /** Makes a draft from the current configuration, or from a document. The scope numbers:read is needed as well */
        post: operations["postConfigDrafts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A draft with its document. The scope numbers:read is needed as well */
        get: operations["getConfigDraft"];
        put?: never;
        post?: never;
        /** Removes a draft */
        delete: operations["deleteConfigDraft"];
        options?: never;
        head?: never;
        /** Changes items of a draft, which may have errors meanwhile. With If-Match: the ETag of the draft. The scope numbers:read is needed as well */
        patch: operations["patchConfigDraft"];
        trace?: never;
    };
    "/api/v1/config/drafts/{id}/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What is wrong with a draft, each with its place and remedy. The scope numbers:read is needed as well */
        post: operations["postConfigDraftLint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What publishing a draft would change, and for which lines. The scope numbers:read is needed as well */
        get: operations["getConfigDraftDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts/{id}/rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes over what others have published since the draft began. With If-Match: the ETag of the draft. The scope numbers:read is needed as well */
        post: operations["postConfigDraftRebase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes a draft and removes it. Changes of others to other items are kept. With If-Match: the ETag of the draft. The scope numbers:read is needed as well */
        post: operations["postConfigDraftPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/drafts/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The progress and the result of the last replay with a draft */
        get: operations["getConfigDraftReplay"];
        put?: never;
        /** Starts to replay the incoming calls of the last days with a draft, in the background. The scopes numbers:read and calls:read are needed as well */
        post: operations["postConfigDraftReplay"];
        /** Cancels the replay; its result so far stays */
        delete: operations["deleteConfigDraftReplay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Published versions of the configuration, newest first; the last 200 are kept */
        get: operations["getConfigVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A published version and what it changed. The scope numbers:read is needed as well */
        get: operations["getConfigVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes an older version again. With If-Match: the number of the current version, in quotes */
        post: operations["postConfigVersionRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/{section}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The items of a section, in their order; people’s numbers are masked without the scope numbers:read */
        get: operations["getConfigBySection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config/{section}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One item, with its ETag; people’s numbers are masked without the scope numbers:read */
        get: operations["getConfigBySectionByKey"];
        /** Stores an item: with If-Match what it was when you read it, or with If-None-Match: * a new one */
        put: operations["putConfigBySectionByKey"];
        post?: never;
        /** Removes an item; with If-Match what it was when you read it */
        delete: operations["deleteConfigBySectionByKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller’s own name, scopes and handset */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All operators, and whether each has a password */
        get: operations["getAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{login}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets or generates a password; ends the operator’s sessions */
        put: operations["putAccountPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes your own password; ends all your sessions */
        post: operations["postMePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a one-time link for the set-up of a company that has no account yet; valid for a day */
        post: operations["postSetupLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates the account of the first admin with the code of the link, and logs the browser in */
        post: operations["postSetupAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the set-up of the company is */
        get: operations["getSetup"];
        /** Stores how far the set-up of the company is; the configuration itself is changed by its own routes */
        put: operations["putSetup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who logged in, changed the configuration or accounts, heard recordings, listened in; newest first */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole audit log that matches, as CSV */
        get: operations["getAuditCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All tokens except those of the environment */
        get: operations["getTokens"];
        put?: never;
        /** Creates a token; you can only grant scopes that you have. With `replace`, the token that has this name is revoked in the same step */
        post: operations["postTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token at once */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operators/{id}/dispatch-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When the operator’s access token of the dispatch was set; the token itself is never shown */
        get: operations["getOperatorDispatchToken"];
        /** Sets the operator’s access token of the dispatch, for the screen pop; stored encrypted */
        put: operations["putOperatorDispatchToken"];
        post?: never;
        /** Deletes the operator’s access token of the dispatch */
        delete: operations["deleteOperatorDispatchToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The contacts of the company, by name */
        get: operations["getContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Countries whose public holidays are known, and the regions of one of them */
        get: operations["getHolidays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holidays/{region}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public holidays of a country or region */
        get: operations["getHoliday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/browser-phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A SIP account of your own handset for the phone in your browser, valid for half an hour; only with a login of a person, or in an embedded phone */
        post: operations["postHandsetBrowserPhone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/ice-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** STUN and TURN servers for the audio of a browser phone, with new credentials */
        post: operations["postHandsetIceServers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server addresses that phones need besides user name and password */
        get: operations["getPhoneServers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates a new password for a handset and returns it once; phones with the old one lose access */
        post: operations["postHandsetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The trunks of the company and their states, in the order of the configuration */
        get: operations["getTrunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Stores the password of a trunk, which no request returns, and uses it at once */
        put: operations["putTrunkPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trunks/{name}/test-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a number over this trunk alone, as the dial policy allows, and hangs up when it is answered; /api/v1/calls tells how it went */
        post: operations["postTrunkTestCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/enrolled-phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The desk phone of a handset that fetches its settings by itself */
        get: operations["getHandsetEnrolledPhone"];
        /** Makes an address at which one desk phone fetches the settings of a handset; a former address is withdrawn */
        put: operations["putHandsetEnrolledPhone"];
        post?: never;
        /** Withdraws that address; the phone keeps its account until the handset has a new password */
        delete: operations["deleteHandsetEnrolledPhone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provisioning/{token}/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings of a phone, at the address that came with its password, for 15 minutes, or at that of an enrolled phone */
        get: operations["getProvisioningByTokenByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/phone-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token that opens the phone of this handset in a page of this origin, once within five minutes */
        post: operations["postHandsetPhoneToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchanges the token of an embedded phone for a session, whose token the phone sends as a bearer token */
        post: operations["postPhoneSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-session/renewal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Renews the session of an embedded phone: for ten minutes, altogether for twelve hours */
        post: operations["postPhoneSessionRenewal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/phone-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends the session of an embedded phone */
        delete: operations["deletePhoneSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company’s lines: branch, default tariff, caller ID, time zone, languages, queue and plan of each */
        get: operations["getLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lines/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The line of a number, in any form: +420222333444, 00420222333444, 222333444 */
        get: operations["getLine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All handsets with their registered phones and their memberships in queues */
        get: operations["getHandsets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/log-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Logs a handset in to all its queues, or to the given ones */
        post: operations["postHandsetLogIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/log-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Logs a handset out of all its queues, or of the given ones */
        post: operations["postHandsetLogOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pauses a handset in all queues that it is logged in to, or in the given ones */
        post: operations["postHandsetPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/unpause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the pause of a handset */
        post: operations["postHandsetUnpause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/end-wrap-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the wrap-up time of a handset after a call: queues ring it again */
        post: operations["postHandsetEndWrapUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/extend-wrap-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Extends the wrap-up time of a handset by a minute, up to ten minutes after the call */
        post: operations["postHandsetExtendWrapUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The memberships of one handset in its queues, with its wrap-up time */
        get: operations["getHandsetQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History of logins, logouts and pauses, newest first */
        get: operations["getOperatorEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists all prompts, sorted by id */
        get: operations["getPrompts"];
        put?: never;
        /** Creates a prompt under an id that was never used */
        post: operations["postPrompts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/from-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates a prompt from a text by text to speech */
        post: operations["postPromptsFromText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns one prompt and where it is used */
        get: operations["getPrompt"];
        /** Changes name and shipped sound; also the audio when `audio` is given */
        put: operations["putPrompt"];
        post?: never;
        /** Removes a prompt that no plan uses; a 409 lists the plans in `used_in` */
        delete: operations["deletePrompt"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{id}/audio/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns a prompt's audio in one language; supports ranges */
        get: operations["getPromptAudioByLanguage"];
        /** Sets a prompt's audio in one language (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes) */
        put: operations["putPromptAudioByLanguage"];
        post?: never;
        /** Removes the company's own recording; the shipped one of that language is played again */
        delete: operations["deletePromptAudioByLanguage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stores audio under its hash; prompts refer to it as `sha256:…` */
        post: operations["postAudio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audio/from-text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Speaks a text and stores the audio under its hash, to be heard before a prompt uses it */
        post: operations["postAudioFromText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Audio for Asterisk by its hash; immutable */
        get: operations["getMediaByFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/music": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists all music, sorted by name */
        get: operations["getMusic"];
        put?: never;
        /** Creates music; queues refer to it by name in the company document */
        post: operations["postMusic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/music/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns one music and the queues that play it */
        get: operations["getMusicByName"];
        /** Changes title and shipped music; also the recordings and their order when `audio` is given */
        put: operations["putMusicByName"];
        post?: never;
        /** Removes music that no queue plays; a 409 lists the queues in `used_in` */
        delete: operations["deleteMusicByName"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/music/{name}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Appends a recording (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes) */
        post: operations["postMusicByNameAudio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/music/{name}/audio/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns one recording; supports ranges */
        get: operations["getMusicByNameAudioBySha256"];
        put?: never;
        post?: never;
        /** Removes one of the company's own recordings; 409 when a queue would have nothing left to play */
        delete: operations["deleteMusicByNameAudioBySha256"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipped-sounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recordings and the music that ship with Cordboard, for `sound` of prompts and music */
        get: operations["getShippedSounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status-speech/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The built-in recordings of a language that templates of status announcements can name */
        get: operations["getStatusSpeechRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status-speech/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Previews the announcement of an order's status, piece by piece */
        post: operations["postStatusSpeechPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Searches calls, newest first; `Accept: text/csv` exports all of them. Numbers are masked without the scope numbers:read */
        get: operations["getCalls"];
        put?: never;
        /** Click to call: rings the handset, then the number. With an Idempotency-Key, a repeated request within 24 hours starts no second call */
        post: operations["postCalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exports all calls that match, newest first; `limit` is ignored */
        get: operations["getCallsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call with its timeline; numbers and digits are masked without the scope numbers:read */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repeats an ended call on the plan as it is now, with the same keys and the recorded responses of the shop. Calls nobody and sends nothing. Needs calls:read and numbers:read */
        post: operations["postCallReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/fixture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The call as input for `cordboard simulate FILE --call`: line, time, keys and responses of the shop. Needs numbers:read */
        get: operations["getCallFixture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by direction: outcomes, service level, waiting and talk */
        get: operations["getReportsCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/calls.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by direction: outcomes, service level, waiting and talk, as CSV */
        get: operations["getReportsCallsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by their last queue */
        get: operations["getReportsQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/queues.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by their last queue, as CSV */
        get: operations["getReportsQueuesCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by line */
        get: operations["getReportsLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/lines.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls by line, as CSV */
        get: operations["getReportsLinesCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Talks, wrap-up and pauses of each handset */
        get: operations["getReportsAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/agents.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Talks, wrap-up and pauses of each handset, as CSV */
        get: operations["getReportsAgentsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/menus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys chosen in menus, and where callers hang up */
        get: operations["getReportsMenus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/menus.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys chosen in menus, and where callers hang up, as CSV */
        get: operations["getReportsMenusCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finished notifications by the status of the order */
        get: operations["getReportsNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/notifications.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finished notifications by the status of the order, as CSV */
        get: operations["getReportsNotificationsCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests to the shop’s application: errors and latency */
        get: operations["getReportsShop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/shop.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests to the shop’s application: errors and latency, as CSV */
        get: operations["getReportsShopCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well handsets, trunks and lines were heard: loss, jitter, round trip and poor legs */
        get: operations["getReportsQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/quality.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How well handsets, trunks and lines were heard: loss, jitter, round trip and poor legs, as CSV */
        get: operations["getReportsQualityCsv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists recordings, newest first */
        get: operations["getRecordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns one recording */
        get: operations["getRecording"];
        put?: never;
        post?: never;
        /** Deletes a recording permanently; the timeline of its call names the user */
        delete: operations["deleteRecording"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the audio of a recording; supports ranges. With `download=1` browsers save it as a file */
        get: operations["getRecordingAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages of callers, newest first; default: those that nobody has marked as done */
        get: operations["getMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many messages are not done, and how many of these nobody has heard */
        get: operations["getMessagesCount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the audio of a message; supports ranges. A token needs the scope recordings:read as well */
        get: operations["getMessageAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{id}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks a message as done. A token needs the scope calls:control as well */
        post: operations["postMessageDone"];
        /** Opens a message again that was marked as done. A token needs the scope calls:control as well */
        delete: operations["deleteMessageDone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/announce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls the number and plays a prompt, or runs a part. Idempotency-Key as for click to call */
        post: operations["postCallsAnnounce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/interrupt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Interrupts the call in any state, plays the prompt and hangs up; its result is REJECTED. Repeating it is harmless */
        post: operations["postCallInterrupt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/hangup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hangs up; does nothing for a call that is over */
        post: operations["postCallHangup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Transfers the caller to a queue, a handset, a number or one of your lines, in any state of the call. For a click-to-call, transfers the called number */
        post: operations["postCallTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/play": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plays a prompt into the call, to one side or to both */
        post: operations["postCallPlay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/listen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings the supervisor's handset, which then listens, whispers or takes part until the call ends. For a handset that takes part already, changes the mode */
        post: operations["postCallListen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Moves a caller who waits in a queue to a position. Repeating it is harmless */
        post: operations["postCallMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Transfers the call in which your own handset talks to a queue, a handset, a number or a line. To the own handset: rings it again */
        post: operations["postHandsetTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/transfer/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next step of a transfer in which your own handset asks the target first */
        post: operations["postHandsetTransferByStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/park": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Parks the caller with whom your own handset talks in a numbered place. The place is in the live state */
        post: operations["postHandsetPark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/pick-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings your own handset, which then talks with a parked caller */
        post: operations["postHandsetPickUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The note about a call, and whether you may write it. Digits of the notes of others are masked without numbers:read */
        get: operations["getCallNote"];
        /** Writes the note about a call of your own handset, during the talk or after it. Other calls need calls:control */
        put: operations["putCallNote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls/{id}/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The outside party of a call: name and open orders from the shop, the last calls and notes. Also while the call is running */
        get: operations["getCallCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings your own handset, then a number or the outside party of an earlier call. With an Idempotency-Key, a repeated request within 24 hours starts no second call */
        post: operations["postHandsetCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handsets/{name}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last numbers that your own handset called, talked with or missed, newest first */
        get: operations["getHandsetCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dial-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether numbers may be called, by the rules of the dial policy; limits of the day do not count */
        post: operations["postDialChecks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/refused-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls that were refused before a plan began, newest first; numbers are masked without numbers:read */
        get: operations["getRefusedCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missed-calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers whose incoming calls were missed, the last missed first */
        get: operations["getMissedCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missed-calls/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many numbers are to be called back: those that the list of the last 14 days has */
        get: operations["getMissedCallsCount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missed-calls/{number}/done": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks a missed number as done until its next missed call. A token needs the scope calls:control as well */
        post: operations["postMissedCallDone"];
        /** Opens a number again that was marked as done. A token needs the scope calls:control as well */
        delete: operations["deleteMissedCallDone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/missed-calls/{number}/call-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings your own handset, then the missed number. With an Idempotency-Key, a repeated request within 24 hours starts no second call */
        post: operations["postMissedCallCallBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bridges, newest first */
        get: operations["getBridges"];
        put?: never;
        /** Connects two parties that do not see each other’s number: A is called, then B. A running bridge of the same order and pair is returned instead. With an Idempotency-Key, a repeated request within 24 hours starts no second bridge */
        post: operations["postBridges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The status of a bridge */
        get: operations["getBridge"];
        put?: never;
        post?: never;
        /** Hangs up both parties; does nothing for an ended bridge */
        delete: operations["deleteBridge"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists notifications, newest first */
        get: operations["getNotifications"];
        put?: never;
        /** Calls a number and speaks the status of an order. A repeated external_id is the same notification; waiting notifications of the order are replaced */
        post: operations["postNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates many notifications independently: a rejected one does not affect the others */
        post: operations["postNotificationsBatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the progress of a batch */
        get: operations["getNotificationsBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Returns the status of a notification */
        get: operations["getNotification"];
        put?: never;
        post?: never;
        /** Cancels further calls; a call in progress continues to its end, a finished notification stays as it is */
        delete: operations["deleteNotification"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/held-notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Counts the notifications that were due when the data folder was restored or copied, and are not called by themselves */
        get: operations["getHeldNotifications"];
        put?: never;
        /** Calls them, or cancels them all */
        post: operations["postHeldNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/do-not-call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the numbers that notifications never call, without those in the company document */
        get: operations["getDoNotCall"];
        put?: never;
        /** Adds a number that notifications must not call; waiting notifications to it are not called either */
        post: operations["postDoNotCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/do-not-call/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes a number, so that notifications may call it again */
        delete: operations["deleteDoNotCallByNumber"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries to webhooks, newest first; numbers are masked without the scope numbers:read */
        get: operations["getWebhooksDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery with every attempt */
        get: operations["getWebhooksDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a delivery again, in any state, with the same event id */
        post: operations["postWebhooksDeliveryRedeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/redeliver-dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends every dead delivery of one webhook again, in order within a call */
        post: operations["postWebhooksDeliveriesRedeliverDead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receivers of events, and how deliveries to them go */
        get: operations["getWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends an event `test` to a receiver, once and at once, signed like all others; it is not stored */
        post: operations["postWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shop-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values that a shop’s settings ask for, and where the call plans hand over to it */
        get: operations["getShopSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hand-over-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a shop the first requests of a hand-over, without a call, and shows its responses */
        post: operations["postHandOverTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exports all data of a number: calls with timelines, webhooks, orders, notifications, recordings */
        post: operations["postPeopleExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Counts what is stored about a number: what an export has, and an erasure erases */
        post: operations["postPeopleSummary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the last 100 erasures, newest first, without the numbers */
        get: operations["getPeopleErasures"];
        put?: never;
        /** Erases the data of a number; can be repeated */
        post: operations["postPeopleErasures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the backups, newest first, with the progress of a running one */
        get: operations["getBackups"];
        put?: never;
        /** Begins a backup; calls continue. Its progress is in the list */
        post: operations["postBackups"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Downloads a backup; supports ranges. It holds the installation's secrets, recordings and people's numbers */
        get: operations["getBackup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The banned addresses, newest first: neither HTTP nor SIP requests of theirs are served */
        get: operations["getBans"];
        put?: never;
        /** Bans an address at once, or changes its ban */
        post: operations["postBans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bans/{address}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Lifts the ban of an address; its next ban is as short as its first one */
        delete: operations["deleteBan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recorded-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of integrations with an unknown contract, newest first, without numbers, names and secrets */
        get: operations["getRecordedRequests"];
        put?: never;
        post?: never;
        /** Deletes all recorded requests, or those up to an id, so that newer ones stay */
        delete: operations["deleteRecordedRequests"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recorded-requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One request of an integration with an unknown contract */
        get: operations["getRecordedRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The values for the dispatch’s forms “Runtel new”, “Common ATS” and “Custom ATS” */
        get: operations["getDispatchSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispatch-settings/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates the tokens of the forms and shows them only this once; with `replace` existing ones are revoked */
        post: operations["postDispatchSettingsTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls in progress, queues and handsets, as in /ws/monitor; masked without numbers:read */
        get: operations["getMonitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues with their waiting callers in order, and their handsets; masked without numbers:read */
        get: operations["getQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script that puts a phone into a page */
        get: operations["getPhoneJs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-frame": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The frame of an embedded phone */
        get: operations["getPhoneFrame"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/phone-frame/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an embedded phone knows about its operator */
        get: operations["getPhoneFrameSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description of the API (OpenAPI 3.1) */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The log of calls, newest first */
        get: operations["telfaCallLog"];
        put?: never;
        /** Telfa: Click to call: the user’s handset rings, then the number */
        post: operations["telfaCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/announce.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Calls a number and speaks a text, plays a prompt or runs a recipe */
        post: operations["telfaAnnounce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/play_recording.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Plays a prompt into a call */
        post: operations["telfaPlay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/interrupt.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Rejects a call (✕): plays a prompt and hangs up */
        post: operations["telfaInterrupt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/transfer.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Transfers a call to a group, a user or a number */
        post: operations["telfaTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/listen.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Lets a user listen to a call */
        post: operations["telfaListen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/hangup.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Hangs up */
        post: operations["telfaHangUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/current.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Calls in progress */
        get: operations["telfaCurrentCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/{id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: One call */
        get: operations["telfaOneCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calls/recordings/{id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The sound of a recording */
        get: operations["telfaCallAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Users */
        get: operations["telfaUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/state.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The states of all users */
        get: operations["telfaStates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: One user */
        get: operations["telfaOneUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/state.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The state of one user */
        get: operations["telfaOneState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/logins.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Logins and pauses of a user, newest first */
        get: operations["telfaLoginHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/login.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Logs a user in to the groups of their handset */
        post: operations["telfaLogIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}/logout.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Telfa: Logs a user out of the groups of their handset */
        post: operations["telfaLogOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Groups, which are the company’s queues */
        get: operations["telfaGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{id}/users.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The users of a group */
        get: operations["telfaGroupUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recordings.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Recordings, which are the company’s prompts */
        get: operations["telfaPrompts"];
        put?: never;
        /** Telfa: Makes a recording from a text */
        post: operations["telfaPromptFromText"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/numbers.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The company’s numbers */
        get: operations["telfaNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recipes.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Recipes: plans of numbers, and parts */
        get: operations["telfaRecipes"];
        put?: never;
        /** Telfa: Adds a part */
        post: operations["telfaMakeRecipe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recipes/{id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: One recipe */
        get: operations["telfaOneRecipe"];
        /** Telfa: Replaces the steps of a recipe */
        put: operations["telfaChangeRecipe"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recipes/{id}/steps.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: The steps of a recipe */
        get: operations["telfaSteps"];
        put?: never;
        /** Telfa: Adds a step */
        post: operations["telfaAddStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recipes/{id}/steps/{position}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Telfa: Replaces a step */
        put: operations["telfaChangeStep"];
        post?: never;
        /** Telfa: Removes a step */
        delete: operations["telfaRemoveStep"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Telfa: Webhooks */
        get: operations["telfaWebhooks"];
        put?: never;
        /** Telfa: Adds or changes a webhook */
        post: operations["telfaSetWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Telfa: Removes a webhook */
        delete: operations["telfaRemoveWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/gootaxpro/notify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gootax: the status of an order; the client is called */
        post: operations["gootaxNotify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/gootaxpro/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Gootax: connects the client and the driver of an order */
        get: operations["gootaxConnectByQuery"];
        put?: never;
        /** Gootax: connects the client and the driver of an order */
        post: operations["gootaxConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/runtel/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runtel: the history of calls, newest first */
        get: operations["runtelCallLog"];
        put?: never;
        /** Runtel: an outgoing call; the user’s handset rings first, then the number */
        post: operations["runtelCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/runtel/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runtel: one call */
        get: operations["runtelOneCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/runtel/recordings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runtel: the audio of a recording */
        get: operations["runtelRecording"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integration/runtel/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runtel: users and their states */
        get: operations["runtelUserStates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    call_started: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A call arrived */
        post: operations["onCallStarted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    queue_joined: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller joined a queue */
        post: operations["onQueueJoined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    ringing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A handset or a number started to ring */
        post: operations["onRinging"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    answered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A handset or a number answered, and the talk began */
        post: operations["onAnswered"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    queue_left: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The caller left the queue */
        post: operations["onQueueLeft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    hangup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The call ended */
        post: operations["onHangup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    recording_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A recording of the call is available */
        post: operations["onRecordingReady"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    bridge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The state of a bridge changed */
        post: operations["onBridge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    bridge_recording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A recording of a bridge is available */
        post: operations["onBridgeRecording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    notification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A notification is over */
        post: operations["onNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    call_note: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody has written, changed or removed the note about a call */
        post: operations["onCallNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    alarm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An alarm fired or is over */
        post: operations["onAlarm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Somebody has sent a test event */
        post: operations["onTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    hand_over: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A call is in the action `hand_over`: the response names what is next */
        post: operations["onHandOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    customer_lookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A call has come, and `lookup` of the document asks who calls */
        post: operations["onCustomerLookup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    order_lookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A call waits for the status of an order, and `orders.lookup` of the document asks the dispatch */
        post: operations["onOrderLookup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description An error with its cause and remedy */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description English; people read a translation of `code` with `params` */
            detail: string;
            /** @description Machine-readable kind of the problem, such as `not_found` */
            code: string;
            /** @description Values for a translation of the code, such as `minimum` */
            params?: {
                [key: string]: unknown;
            };
            errors?: {
                /** @description Place of the invalid value, such as `body.name` or `query.limit` */
                field: string;
                detail: string;
                /** @description Machine-readable kind of the error, such as `too_small` */
                code: string;
                /** @description Values for a translation of the code, such as `minimum` */
                params?: {
                    [key: string]: unknown;
                };
            }[];
        } & {
            [key: string]: unknown;
        };
        ConfigProblem: {
            /** @enum {string} */
            severity: "error" | "warning";
            file: string;
            line: number;
            column: number;
            path: string;
            message: string;
            remedy?: string;
            /**
             * @description For a translation of the message
             * @enum {string}
             */
            code?: "invalid_type" | "too_big" | "too_small" | "invalid_format" | "not_multiple_of" | "unrecognized_keys" | "invalid_union" | "invalid_key" | "invalid_element" | "invalid_value" | "custom" | "missing" | "invalid" | "scope_missing" | "key_differs" | "not_before" | "too_long" | "address_has_login" | "never_reached" | "endless_loop" | "part_unused" | "min_over_max" | "reserved_field" | "never_closed" | "shop_failure_hangs_up" | "same_way" | "no_keys" | "not_a_time_zone" | "day_twice" | "always_closed" | "day_left_out" | "ends_before_it_begins" | "last_minute_closed" | "times_overlap" | "short_gap" | "no_such_day" | "no_holidays" | "unknown_holidays" | "prompt_unused" | "unknown_sound" | "prompt_without_audio" | "languages_without_audio" | "bad_number" | "code_in_use" | "duplicate" | "endpoint_is_handset" | "endpoint_twice" | "is_a_handset" | "no_audio" | "no_caller_in_address" | "no_new_calls" | "keys_not_encrypted" | "no_secret" | "not_a_country" | "not_a_number" | "not_our_account" | "not_now" | "nothing_announced" | "plan_empty" | "prompt_id_retired" | "refused" | "reserved_name" | "too_many_at_once" | "two_logins" | "unavailable" | "unknown_call" | "unknown_fragment" | "unknown_handset" | "unknown_music" | "unknown_part" | "unknown_placeholder" | "unknown_profile" | "unknown_prompt" | "unknown_line" | "unknown_queue" | "unknown_target" | "weak_password" | "wrong_password";
            params?: {
                [key: string]: unknown;
            };
        };
        Draft: {
            id: string;
            name: string;
            author: string | null;
            /** @description Whether whoever asks has made it */
            own: boolean;
            /** @description The version of the configuration that it began with */
            base_version: number;
            /** @description Counts its changes; the ETag is this number in quotes */
            revision: number;
            /** @description ISO 8601, UTC */
            created_at: string;
            /** @description ISO 8601, UTC */
            updated_at: string;
        };
        DraftWithDocument: {
            id: string;
            name: string;
            author: string | null;
            /** @description Whether whoever asks has made it */
            own: boolean;
            /** @description The version of the configuration that it began with */
            base_version: number;
            /** @description Counts its changes; the ETag is this number in quotes */
            revision: number;
            /** @description ISO 8601, UTC */
            created_at: string;
            /** @description ISO 8601, UTC */
            updated_at: string;
            /** @description Greater than base_version when others have published meanwhile */
            current_version: number;
            /** @description The whole document */
            document: {
                [key: string]: unknown;
            };
        };
        PublishedConfig: {
            version: number;
            changes: components["schemas"]["ConfigChange"][];
            warnings: components["schemas"]["ConfigProblem"][];
            /** @description What Asterisk does not have yet */
            not_settled: string[];
        };
        ConfigChange: {
            /**
             * @description `settings` has one item, `company`: everything outside of the other sections
             * @enum {string}
             */
            section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
            key: string;
            /** @enum {string} */
            change: "added" | "changed" | "removed";
            /** @description The item as it is in the document */
            before?: unknown;
            /** @description The item as it is in the document */
            after?: unknown;
        };
        PastCallsReplay: {
            /** @description Of the draft when the replay began */
            revision: number;
            /** @enum {string} */
            state: "running" | "done" | "canceled" | "failed";
            /** @description Why it failed */
            reason: ("draft_has_errors" | "internal_error") | null;
            days: number;
            /** @description ISO 8601, UTC */
            started_at: string;
            /** @description Calls compared so far */
            done: number;
            total: number;
            /** @description The course would be the same */
            same: number;
            different: number;
            /** @description Not comparable: not everything that happened is in the timeline */
            unclear: number;
            /** @description Equal differences, the most frequent first; at most 100 */
            groups: {
                count: number;
                /** @description The key that the callers had pressed last */
                key: string | null;
                /** @description The first thing that would be different; null: nothing more happened */
                was: ({
                    /** @constant */
                    type: "prompts";
                    prompts: {
                        id: number;
                        /** @description Empty when it has none */
                        name: string;
                    }[];
                } | {
                    /** @constant */
                    type: "queue";
                    queue: number;
                    name: string;
                } | {
                    /** @constant */
                    type: "shop";
                    url: string;
                } | {
                    /** @constant */
                    type: "dial";
                    to: {
                        handset: string;
                    } | {
                        number: string;
                    } | {
                        /** @enum {string} */
                        party: "client" | "driver";
                        order: string;
                    };
                } | {
                    /** @constant */
                    type: "detect_machine";
                } | {
                    /** @constant */
                    type: "hang_up";
                    cause: string;
                } | {
                    /**
                     * @description The line is not in the draft
                     * @constant
                     */
                    type: "no_line";
                }) | null;
                /** @description What would happen in its place; null: nothing more */
                would: ({
                    /** @constant */
                    type: "prompts";
                    prompts: {
                        id: number;
                        /** @description Empty when it has none */
                        name: string;
                    }[];
                } | {
                    /** @constant */
                    type: "queue";
                    queue: number;
                    name: string;
                } | {
                    /** @constant */
                    type: "shop";
                    url: string;
                } | {
                    /** @constant */
                    type: "dial";
                    to: {
                        handset: string;
                    } | {
                        number: string;
                    } | {
                        /** @enum {string} */
                        party: "client" | "driver";
                        order: string;
                    };
                } | {
                    /** @constant */
                    type: "detect_machine";
                } | {
                    /** @constant */
                    type: "hang_up";
                    cause: string;
                } | {
                    /**
                     * @description The line is not in the draft
                     * @constant
                     */
                    type: "no_line";
                }) | null;
                /** @description The newest, at most 50 */
                calls: {
                    id: string;
                    /** @description ISO 8601, UTC */
                    started_at: string;
                }[];
            }[];
        };
        Account: {
            id: number;
            login: string;
            name: string;
            role: string;
            handset: string | null;
            has_password: boolean;
        };
        SetupAnswers: {
            /** @description Of the prompts */
            language?: string;
            /** @enum {string} */
            kind?: "plain" | "shop" | "taxi";
            /** @description Where calls about orders are handed over to */
            shop_url?: string;
            remove_example?: boolean;
            /** @enum {string} */
            trunk?: "provider" | "demo" | "later";
            provider?: {
                server: string;
                user: string;
                registers: boolean;
            };
            /** @description Of the line */
            number?: string;
            /** @description Of the company, and of the line */
            name?: string;
            hours?: "always" | {
                weekly: {
                    [key: string]: {
                        from: string;
                        to: string;
                    }[];
                };
                /** @description Country whose public holidays are closed days */
                holidays?: string;
            };
            /** @enum {string} */
            answered_by?: "browser" | "phone";
            prompts?: {
                [key: string]: {
                    /** @enum {string} */
                    kind: "shipped" | "spoken";
                    /** @description Of a spoken prompt */
                    text?: string;
                };
            };
        };
        AuditEntry: {
            id: number;
            /** @description ISO 8601, UTC */
            at: string;
            /**
             * @description gateway: the gateway itself, or a failed login
             * @enum {string}
             */
            actor_kind: "operator" | "token" | "gateway";
            /** @description Id of the operator */
            actor_id: number | null;
            /** @description `@login` of the person, or name of the token; empty for the gateway */
            actor: string;
            /** @example configuration_published */
            action: string;
            /**
             * @description What was changed or used
             * @example version 12
             */
            subject: string;
            /** @description More, by action; without secrets */
            detail: {
                [key: string]: unknown;
            };
        };
        Token: {
            name: string;
            scopes: string[];
            /** @description ISO 8601, UTC */
            created_at: string;
            expires_at: string | null;
            /** @description To the minute */
            last_used_at: string | null;
        };
        Line: {
            /** @description E.164 */
            number: string;
            /** @description As people of the company’s country write it */
            national: string;
            name: string;
            /** @description The branch that it belongs to */
            branch: string | null;
            /** @description Default tariff of orders that come in on it */
            tariff: string | null;
            /** @description Shown to numbers that are called on behalf of this line, E.164 */
            caller_id: string;
            /** @description IANA name */
            time_zone: string;
            /** @description The first of `languages` */
            language: string;
            /** @description Languages of prompts, in the order in which they are tried */
            languages: string[];
            /** @description Where its callers find an operator */
            queue: {
                id: number;
                name: string;
            } | null;
            /** @description All queues that its plan can lead to */
            queues: {
                id: number;
                name: string;
            }[];
            handset_labels: {
                label: string;
                queue: number;
            }[];
            /** @description Its actions, as in the company’s document; numbers are masked without the scope numbers:read */
            plan: unknown[];
        };
        Handset: {
            name: string;
            display_name: string;
            webrtc: boolean;
            /**
             * @description SIP over TLS with SRTP; browsers always encrypt
             * @enum {string}
             */
            encryption: "off" | "wanted" | "required";
            max_contacts: number;
            /** @description A telephone of the company’s own Asterisk, by its endpoint */
            endpoint: string | null;
            /** @description At least one phone can be rung */
            registered: boolean;
            contacts: {
                /** @description Source address of the registration; null without the scope numbers:read */
                address: string | null;
                user_agent: string;
                /** @enum {string} */
                state: "reachable" | "unreachable" | "unknown";
                /** @description ISO 8601, UTC */
                expires_at: string;
            }[];
            queues: {
                queue: number;
                logged_in: boolean;
                paused: boolean;
                /** @description `wrap_up`: an extended wrap-up time */
                pause_reason: string;
                /** @enum {string} */
                state: "free" | "ringing" | "busy" | "wrap_up" | "unavailable";
                wrap_up_until: string | null;
            }[];
        };
        Prompt: {
            id: number;
            name: string;
            /** @description Shipped sound set */
            sound: string | null;
            audio: {
                language: string;
                /** @enum {string} */
                source: "own" | "shipped";
                sha256: string;
                duration_ms: number;
                /** @description Path of the audio */
                url: string;
            }[];
            used_in: {
                where: string;
            }[];
        };
        Music: {
            name: string;
            title: string;
            /** @description Shipped music */
            sound: string | null;
            /** @description In the order of playing */
            audio: {
                /** @enum {string} */
                source: "own" | "shipped";
                sha256: string;
                duration_ms: number;
                /** @description Path of the audio */
                url: string;
            }[];
            used_in: {
                where: string;
            }[];
        };
        Call: {
            id: string;
            kind: string;
            line: string;
            /** @description The outside party: the caller, or the called number. Masked without the scope numbers:read; empty when withheld */
            caller: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            running: boolean;
            /** @description Current action or phase */
            at: string;
            /**
             * @description ISO 8601, UTC
             * @example 2026-11-21T10:15:00.000Z
             */
            started_at: string;
            /** @description When the call was answered, also by the plan alone */
            answered_at: string | null;
            ended_at: string | null;
            /** @description caller: the outside party, also when the company called it; handset: the handset in the talk; operator: an operator or API client, from outside the talk; also plan, shop, party, asterisk, fallback, limit, fault, unanswered, a, b */
            ended_by: string | null;
            /** @description null while the call is running. answered: there was a talk; served: by the plan alone; lost: hung up while waiting; unanswered, busy, unreachable: no rung target answered; rejected: ended by the company before a talk; refused: by the dial policy; failed: ended by a fault before a talk */
            outcome: ("answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed") | null;
            /** @description Why the number was refused, or details of the outcome */
            reason: string | null;
            /** @description The last queue of the call */
            queue: number | null;
            /** @description How long the outside party waited for an answer; null when no target was rung */
            waited_ms: number | null;
            /** @description The first agent that talked with the outside party; for a call that a handset makes: that handset */
            agent: {
                handset?: string;
                /** @description Masked without the scope numbers:read */
                number?: string;
                /** @enum {string} */
                party?: "client" | "driver";
            } | null;
            /** @description Sum of all talks */
            talk_ms: number | null;
            /** @description Id of the order that the call is about; masked without the scope numbers:read */
            order: string | null;
            /**
             * @description Keys pressed in menus, in order; each is masked without the scope numbers:read
             * @example [
             *       "1",
             *       "9"
             *     ]
             */
            menu_keys: string[];
            /** @description A recording can be heard */
            has_recording: boolean;
            /** @description What people wrote about the call */
            note: components["schemas"]["CallNote"] | null;
        };
        CallNote: {
            /** @description Digits are masked without the scope numbers:read */
            text: string;
            /**
             * @description `@login` of the person, or the name of the token
             * @example @eva
             */
            by: string;
            /**
             * @description When it was written last
             * @example 2026-11-21T10:15:00.000Z
             */
            at: string;
        };
        CallWithTimeline: {
            id: string;
            kind: string;
            line: string;
            /** @description The outside party: the caller, or the called number. Masked without the scope numbers:read; empty when withheld */
            caller: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            running: boolean;
            /** @description Current action or phase */
            at: string;
            /**
             * @description ISO 8601, UTC
             * @example 2026-11-21T10:15:00.000Z
             */
            started_at: string;
            /** @description When the call was answered, also by the plan alone */
            answered_at: string | null;
            ended_at: string | null;
            /** @description caller: the outside party, also when the company called it; handset: the handset in the talk; operator: an operator or API client, from outside the talk; also plan, shop, party, asterisk, fallback, limit, fault, unanswered, a, b */
            ended_by: string | null;
            /** @description null while the call is running. answered: there was a talk; served: by the plan alone; lost: hung up while waiting; unanswered, busy, unreachable: no rung target answered; rejected: ended by the company before a talk; refused: by the dial policy; failed: ended by a fault before a talk */
            outcome: ("answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed") | null;
            /** @description Why the number was refused, or details of the outcome */
            reason: string | null;
            /** @description The last queue of the call */
            queue: number | null;
            /** @description How long the outside party waited for an answer; null when no target was rung */
            waited_ms: number | null;
            /** @description The first agent that talked with the outside party; for a call that a handset makes: that handset */
            agent: {
                handset?: string;
                /** @description Masked without the scope numbers:read */
                number?: string;
                /** @enum {string} */
                party?: "client" | "driver";
            } | null;
            /** @description Sum of all talks */
            talk_ms: number | null;
            /** @description Id of the order that the call is about; masked without the scope numbers:read */
            order: string | null;
            /**
             * @description Keys pressed in menus, in order; each is masked without the scope numbers:read
             * @example [
             *       "1",
             *       "9"
             *     ]
             */
            menu_keys: string[];
            /** @description A recording can be heard */
            has_recording: boolean;
            /** @description What people wrote about the call */
            note: components["schemas"]["CallNote"] | null;
            recordings: {
                id: string;
                /**
                 * @description ISO 8601, UTC
                 * @example 2026-11-21T10:15:00.000Z
                 */
                started_at: string;
                duration_ms: number;
                /** @description Path of the audio; the scope recordings:read is needed */
                audio: string;
            }[];
            /** @description How well each party was heard, by the leg’s end; a second after it. Empty without such figures */
            legs: {
                /**
                 * @description trunk: any SIP endpoint that is no handset of the company
                 * @enum {string}
                 */
                kind: "handset" | "trunk";
                /** @description Of the handset or the SIP endpoint */
                name: string;
                /**
                 * @description ISO 8601, UTC
                 * @example 2026-11-21T10:15:00.000Z
                 */
                ended_at: string;
                /**
                 * @description Of the worse direction: fair when some people would complain, poor when many would
                 * @enum {string}
                 */
                grade: "good" | "fair" | "poor";
                /** @description Estimated mean opinion score of the worse direction, 1 to 4.5 (E-model of ITU-T G.107) */
                mos: number;
                /** @description What the party said, as Asterisk received it */
                received: {
                    packets: number;
                    /** @description Lost packets of all, 0 to 1 */
                    lost_share: number;
                    /** @description Average jitter in milliseconds */
                    jitter_ms: number;
                };
                /** @description What the party heard, as it reports itself; null when it sends no RTCP reports */
                sent: {
                    packets: number;
                    /** @description Lost packets of all, 0 to 1 */
                    lost_share: number;
                    /** @description Average jitter in milliseconds */
                    jitter_ms: number;
                } | null;
                /** @description null without reports of the party */
                round_trip_ms: number | null;
            }[];
            timeline: {
                seq: number;
                /**
                 * @description ISO 8601, UTC
                 * @example 2026-11-21T10:15:00.000Z
                 */
                at: string;
                /** @description Since the call began */
                offset_ms: number;
                kind: string;
                data: {
                    [key: string]: unknown;
                };
            }[];
        };
        Recording: {
            id: string;
            call_id: string;
            /**
             * @description message: left by a caller when nobody answered
             * @enum {string}
             */
            kind: "talk" | "message";
            /** @description E.164; empty when there is no record of the call */
            line: string;
            /** @description Null for a call outside of queues */
            queue: number | null;
            /** @description Handset or number that talked with the caller, or `client` or `driver` of an order; a number is masked without the scope numbers:read */
            agent: string | null;
            /** @description When the recording began; ISO 8601, UTC */
            started_at: string;
            duration_ms: number;
            bytes: number;
            sha256: string;
            /** @description Path of the audio: WAV, 8 kHz, mono, 16 bit */
            audio: string;
        };
        Message: {
            /** @description Also the id of the recording */
            id: string;
            call_id: string;
            /** @description Of the caller; masked without the scope numbers:read; empty when withheld */
            number: string;
            /** @description E.164 */
            line: string;
            /** @description The queue in which the caller waited before */
            queue: number | null;
            /** @description The queue that the message is for, as the plan says; null: none */
            for_queue: number | null;
            /** @description The handset that the message is for, as the plan says; null: none */
            for_handset: string | null;
            /** @description When the message began */
            at: string;
            duration_ms: number;
            /** @description Who listened to it first */
            heard: {
                /** @description ISO 8601, UTC */
                at: string;
                /** @description `@login` of the person, or the name of the token */
                by: string | null;
            } | null;
            /** @description Who marked it as done */
            done: {
                /** @description ISO 8601, UTC */
                at: string;
                /** @description `@login` of the person, or the name of the token */
                by: string | null;
            } | null;
            /** @description Path of the audio: WAV, 8 kHz, mono, 16 bit */
            audio: string;
        };
        Delivery: {
            id: number;
            /** @description The webhook’s name in the company’s document */
            webhook: string;
            event_id: string;
            call_id: string;
            seq: number;
            event: string;
            /** @enum {string} */
            state: "waiting" | "delivered" | "dropped" | "dead";
            /** @description Attempts since it was last queued */
            tries: number;
            /** @description ISO 8601, UTC */
            created_at: string;
            /** @description No attempt starts after this instant */
            expires_at: string;
            /** @description Also null while an earlier event of the call waits */
            due_at: string | null;
            finished_at: string | null;
            /** @description The fields of the event. Numbers are masked without the scope numbers:read */
            body: {
                [key: string]: unknown;
            };
        };
        DeliveryWithAttempts: {
            id: number;
            /** @description The webhook’s name in the company’s document */
            webhook: string;
            event_id: string;
            call_id: string;
            seq: number;
            event: string;
            /** @enum {string} */
            state: "waiting" | "delivered" | "dropped" | "dead";
            /** @description Attempts since it was last queued */
            tries: number;
            /** @description ISO 8601, UTC */
            created_at: string;
            /** @description No attempt starts after this instant */
            expires_at: string;
            /** @description Also null while an earlier event of the call waits */
            due_at: string | null;
            finished_at: string | null;
            /** @description The fields of the event. Numbers are masked without the scope numbers:read */
            body: {
                [key: string]: unknown;
            };
            attempts: {
                latency_ms: number;
                status: number | null;
                /** @description Why there was no response */
                failed: string | null;
                /** @description The kind of `failed`: `connect`: refused or unknown host; `timeout`: no response in time */
                reason: ("connect" | "connect_timeout" | "timeout" | "reset" | "too_large" | "redirect" | "invalid_url" | "closed" | "other") | null;
                /** @description The start of the response; digits are masked without the scope numbers:read */
                answer: string;
                number: number;
                /** @description ISO 8601, UTC */
                at: string;
            }[];
        };
        RecordedRequest: {
            id: number;
            /** @description ISO 8601, UTC */
            at: string;
            /** @description Name of the token of the request */
            token: string;
            method: string;
            path: string;
            query: {
                [key: string]: unknown;
            };
            headers: {
                [key: string]: string;
            };
            /** @description Fields or text. Numbers are masked; personal words and secrets are removed */
            body: unknown;
            /** @description Size of the original body */
            bytes: number;
            /** @description The status of the response */
            status: number;
            why: string;
        };
        LiveQueue: {
            id: number;
            name: string;
            /** @description Number of waiting callers of all labels */
            waiting: number;
        };
        LiveCall: {
            /** @description As in webhooks and /api/v1/calls */
            id: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            line?: string;
            /** @description Number of the outside party. Masked without the scope numbers:read; empty when withheld */
            number: string;
            /** @description Caller name as the network sent it */
            name?: string;
            /** @description Party of the company that makes the call */
            from?: {
                handset?: string;
                number?: string;
                /**
                 * @description Party of an order; its number is not shown
                 * @enum {string}
                 */
                party?: "client" | "driver";
            };
            /** @description Label of the last queue action of the call */
            label?: string;
            /**
             * @description waiting: in a queue, whether a handset rings or not; ringing: outside of queues; in_plan: all other cases
             * @enum {string}
             */
            state: "in_plan" | "waiting" | "ringing" | "talking";
            /** @description ISO 8601, UTC */
            started_at: string;
            /** @description Start of the current state */
            since: string;
            /** @description Queue in which the caller waits or was answered */
            queue?: number;
            /** @description Position in the whole queue, from 1 */
            position?: number;
            /** @description Handsets and numbers that ring for the caller */
            rings: {
                handset?: string;
                number?: string;
                /**
                 * @description Party of an order; its number is not shown
                 * @enum {string}
                 */
                party?: "client" | "driver";
                /** @description ISO 8601, UTC */
                since: string;
            }[];
            /** @description The other party of the talk */
            talk?: {
                handset?: string;
                number?: string;
                /**
                 * @description Party of an order; its number is not shown
                 * @enum {string}
                 */
                party?: "client" | "driver";
                /** @description ISO 8601, UTC */
                since: string;
            };
            /** @description A transfer in progress; whoever does not take part in the talk hears music */
            transfer?: {
                /** @description Handset of the operator who transfers the call */
                by: string;
                /** @description Whom the operator asks first */
                to: {
                    handset?: string;
                    number?: string;
                    /**
                     * @description Party of an order; its number is not shown
                     * @enum {string}
                     */
                    party?: "client" | "driver";
                };
                /**
                 * @description ringing: for the operator; consulting: the two talk; swapped: operator and caller talk; conference: all three
                 * @enum {string}
                 */
                state: "ringing" | "consulting" | "swapped" | "conference";
            };
            /** @description The caller hears music in a numbered place */
            parked?: {
                /** @description From 1 */
                place: number;
                /** @description Handset of the operator who parked the call */
                by: string;
                /** @description ISO 8601, UTC */
                since: string;
            };
            /** @description The shop's data about the number; only with numbers:read */
            customer?: {
                name: string;
                /** @description The customer's page at the shop */
                url?: string;
                orders: {
                    id: string;
                    status?: string;
                    /** @description The order's page at the shop */
                    url?: string;
                    /** @description As the shop writes it */
                    total?: string;
                }[];
            };
        };
        LiveHandset: {
            name: string;
            display_name: string;
            operator?: string;
            /** @description unknown: the handset is in no queue */
            state: ("free" | "ringing" | "busy" | "unavailable") | "unknown";
            queues: {
                queue: number;
                paused: boolean;
                pause_reason?: string;
            }[];
        };
        TelfaErrors: {
            errors: string[];
        };
        TelfaCall: {
            /** @description The integer of the call; its `call_id` when it has none */
            id: number | string;
            call_id: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            /** @description As the profile writes numbers; masked without the scope `numbers:read` */
            caller_number: string;
            /** @description As the profile writes numbers; masked without the scope `numbers:read` */
            dialed_number: string;
            /** @description ISO 8601, with the company’s offset from UTC */
            started_at: string;
            answered_at: string | null;
            ended_at: string | null;
            /** @description In seconds */
            duration: number | null;
            running: boolean;
            state: string;
            ended_by: string | null;
            result: ("answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed") | null;
            /** @description In seconds */
            waited: number | null;
            /** @description In seconds */
            talked: number | null;
            /** @description Id of the last queue */
            group_id: number | null;
            /** @description Who answered: a handset, a number, `client` or `driver` */
            agent: string | null;
            recordings: {
                id: string;
                state: string;
                /** @description In seconds */
                duration: number | null;
                url: string;
            }[];
        };
        TelfaUser: {
            id: number;
            login: string;
            email: string | null;
            name: string;
            role: string;
            handset: string | null;
            mobile: string | null;
        };
        TelfaUserState: {
            id: number;
            login: string;
            name: string;
            /** @enum {string} */
            state: "offline" | "logged_out" | "paused" | "talking" | "ringing" | "free";
            registered: boolean;
            groups: {
                id: number;
                logged_in: boolean;
                paused: boolean;
                pause_reason: string | null;
                state: string;
            }[];
        };
        TelfaRecording: {
            id: number;
            name: string;
            languages: string[];
        };
        TelfaRecipe: {
            id: number;
            name: string;
            /** @description Of the number whose plan it is; null for a part */
            number_id: number | null;
            steps: components["schemas"]["TelfaStep"][];
        };
        TelfaStep: {
            id: number;
            /** @description From 1; the same as `id` */
            position: number;
            action: string;
            /** @description As in docs/configuration.md */
            settings: unknown;
        };
        TelfaWebhook: {
            id: string;
            url: string;
            events: string[];
        };
        DispatchOrder: {
            /** @description Id of the order */
            id: string | number;
            /** @description A word of docs/gootax.md, in any case; others are stored */
            status: string;
            /** @description Of the client; needed once for each order */
            phone?: string;
            driver_phone?: string;
            /** @description The line that clients see */
            line?: string;
            branch?: string | number;
            /** @description Minutes until the car arrives */
            car_time?: string | number;
            car_mark?: string;
            car_model?: string;
            car_color?: string;
            car_number?: string;
        } & {
            [key: string]: unknown;
        };
        DispatchOrderStored: {
            /** @constant */
            ok: true;
            order: {
                id: string;
                status: ("new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake") | null;
                active: boolean;
            };
            /** @description Fields that could not be used */
            ignored: string[];
            /** @description The call to the client; null: none */
            notification: {
                id: string;
                state: string;
                is_new: boolean;
            } | null;
            /** @enum {string} */
            not_notified?: "no_phone" | "unknown_status";
        };
        RuntelCall: {
            call_id: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            /** @description As `numbers` of the settings writes it; masked without the scope `numbers:read` */
            caller_number: string;
            /** @description As `numbers` of the settings writes it; masked without the scope `numbers:read` */
            called_number: string;
            /** @description ISO 8601, with the company’s offset from UTC */
            started_at: string;
            answered_at: string | null;
            ended_at: string | null;
            /** @description In seconds */
            duration: number | null;
            running: boolean;
            recordings: {
                id: string;
                /** @description In seconds */
                duration: number | null;
                url: string;
            }[];
        };
        RuntelUser: {
            id: number;
            login: string;
            name: string;
            handset: string | null;
            /** @description Of the CRM */
            extension: string | null;
            /** @example free */
            state: string;
        };
        CallEvent: {
            /** @enum {string} */
            event: "call_started" | "queue_joined" | "ringing" | "answered" | "queue_left" | "hangup" | "recording_ready";
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its call, from 1 */
            seq: number;
            /** @description ISO 8601, with the company’s offset from UTC */
            timestamp: string;
            /** @description As in `/api/v1/calls/{id}` */
            call_id: string;
            /** @enum {string} */
            direction: "incoming" | "outgoing";
            /** @description As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld */
            caller_number: string;
            /** @description As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld */
            called_number: string;
            /** @description Label of the last `enqueue` action */
            handset: string | null;
            queue: {
                id: number;
                name: string;
                /** @description When joining, from 1 */
                position: number;
                /** @description Waiting callers then, this one included */
                waiting: number;
                /** @description ISO 8601, with the company’s offset from UTC */
                joined_at: string;
            } | null;
            /** @description The handset or number that rings, talks, or talked last */
            agent: string | null;
            /** @description ISO 8601, with the company’s offset from UTC */
            started_at: string;
            answered_at: string | null;
            ended_at: string | null;
            /** @description Of the whole call, in seconds */
            duration: number | null;
            /** @description With `queue_left`, `hangup` and `recording_ready`; null when no phone rang */
            result: ("SUCCESS" | "NO_ANSWER" | "USER_BUSY" | "USER_NOT_REGISTERED" | "ABANDONED" | "REJECTED") | null;
            /** @description With `recording_ready` */
            recording?: {
                id: string;
                /** @description Needs a token with the scope `recordings:read` */
                url: string;
                /** @description In seconds */
                duration: number;
                /** @description In seconds, where it is known */
                talk_duration?: number;
            };
            /** @description The configuration of the line, until your server has acknowledged it */
            setup?: {
                line: {
                    /** @description As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld */
                    number: string;
                    name: string;
                };
                queues: {
                    id: number;
                    name: string;
                }[];
                handsets: {
                    label: string;
                    queue: number;
                }[];
            };
        };
        BridgeEvent: {
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its bridge, notification or call, from 1 */
            seq: number;
            /** @description ISO 8601, UTC */
            timestamp: string;
            /** @constant */
            event: "bridge";
            /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
            bridge_id: string;
            order_id: string;
            /** @enum {string} */
            state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
            failed: {
                /**
                 * @description The leg that failed
                 * @enum {string}
                 */
                leg: "a" | "b";
                /** @enum {string} */
                reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                /** @description Details of the reason */
                detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
            } | null;
            /** @description With `ended` */
            ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
            /** @description The number that both see */
            line: string;
            /** @description ISO 8601, UTC */
            created_at: string;
            bridged_at: string | null;
            ended_at: string | null;
            metadata: {
                [key: string]: string | number | boolean;
            };
        };
        BridgeRecordingEvent: {
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its bridge, notification or call, from 1 */
            seq: number;
            /** @description ISO 8601, UTC */
            timestamp: string;
            /** @constant */
            event: "bridge_recording";
            /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
            bridge_id: string;
            order_id: string;
            /** @enum {string} */
            state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
            failed: {
                /**
                 * @description The leg that failed
                 * @enum {string}
                 */
                leg: "a" | "b";
                /** @enum {string} */
                reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                /** @description Details of the reason */
                detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
            } | null;
            /** @description With `ended` */
            ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
            /** @description The number that both see */
            line: string;
            /** @description ISO 8601, UTC */
            created_at: string;
            bridged_at: string | null;
            ended_at: string | null;
            metadata: {
                [key: string]: string | number | boolean;
            };
            recording: {
                id: string;
                url: string;
                /** @description In seconds */
                duration: number;
            };
        };
        NotificationEvent: {
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its bridge, notification or call, from 1 */
            seq: number;
            /** @description ISO 8601, UTC */
            timestamp: string;
            /** @constant */
            event: "notification";
            notification_id: string;
            external_id: string;
            order_id: string;
            /** @description As given in the request */
            status: string;
            batch: string | null;
            /** @enum {string} */
            state: "waiting" | "calling" | "done";
            /** @description Set when the state is `done` */
            result: ("delivered" | "busy" | "no_answer" | "failed" | "expired" | "superseded" | "window_missed" | "refused" | "canceled") | null;
            attempts: {
                /** @description From 1 */
                number: number;
                /** @description `/api/v1/calls/{id}` has its timeline */
                call_id: string;
                /** @description ISO 8601, UTC */
                started_at: string;
                ended_at: string | null;
                /** @description Null during the call; `unknown`: the gateway crashed, so the phone may have rung */
                outcome: ("heard" | "heard_by_machine" | "cut_short" | "machine" | "busy" | "no_answer" | "rejected" | "unreachable" | "no_such_number" | "refused" | "limited" | "unknown" | "failed") | null;
            }[];
            /** @description Set when the state is `waiting`: the earliest time of the next call */
            next_attempt_at: string | null;
            /** @description When the last call was answered; set when the state is `done` */
            answered_at: string | null;
            /** @description Length of that call from the answer, in seconds */
            duration: number | null;
            /** @description The pressed key */
            digit: string | null;
            /** @description The action of the pressed key */
            action: ("connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook") | null;
            /** @description ISO 8601, UTC */
            created_at: string;
            /** @description ISO 8601, UTC */
            expires_at: string;
            finished_at: string | null;
        };
        CallNoteEvent: {
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its bridge, notification or call, from 1 */
            seq: number;
            /** @description ISO 8601, UTC */
            timestamp: string;
            /** @constant */
            event: "call_note";
            call_id: string;
            /** @description Empty when it was removed */
            note: string;
            /** @description `@login` of a person, or the name of a token */
            by: string;
        };
        AlarmEvent: {
            /** @description A UUID, the same in every delivery of the event */
            event_id: string;
            /** @description Number of the event within its bridge, notification or call, from 1 */
            seq: number;
            /** @description ISO 8601, UTC */
            timestamp: string;
            /** @constant */
            event: "alarm";
            /** @description Id of the alarm */
            alarm: string;
            /**
             * @description docs/alarms.md
             * @enum {string}
             */
            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
            /** @description Such as the name of a trunk or a queue; empty for the gateway */
            about: string;
            /** @enum {string} */
            state: "fired" | "resolved";
            /** @description ISO 8601, UTC */
            since: string;
            /** @description Empty before the end */
            resolved_at: string;
            /** @description One line, in the company’s first language */
            subject: string;
            /** @description What happened, since when, what to do */
            text: string;
            /** @description The page of alarms */
            url: string;
        };
        TestEvent: {
            /** @constant */
            event: "test";
            event_id: string;
            /** @description ISO 8601, with the company’s offset from UTC */
            timestamp: string;
        };
        HandOverResponse: {
            /**
             * @description Left out: the plan continues
             * @enum {string}
             */
            action?: "answer" | "play" | "menu" | "transfer_to_group" | "hangup" | "return";
            /** @description Id of a prompt; with `play` and `menu` */
            recording_id?: number | string;
            /** @description In seconds: default 5, at most 60 */
            menu_timeout?: number | string;
            /** @description Digits: default 20, at most 64 */
            max?: number | string;
            /** @description Id of a queue; with `transfer_to_group` */
            call_group_id?: number | string;
            /** @description Prompt before the transfer */
            group_transfer_recording_id?: number | string;
            /** @description The caller waits when all are busy */
            group_continue_busy?: boolean | number | string;
            /** @description The handset does not see the caller’s number */
            skip_caller_id_transfer?: boolean | number | string;
            /** @description 0 to 100; higher ones are served first */
            group_priority?: number | string;
        } & {
            [key: string]: string | number | boolean;
        };
        HandOverRequest: {
            /** @description As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld */
            caller_number: string;
            /** @description As the profile writes numbers: `777888999`, `00421903123456`; empty when withheld */
            called_number: string;
            /** @description After a `menu`, and in the last request */
            received_digits?: string;
            /**
             * @description In the last request: the response is ignored
             * @constant
             */
            hangup?: true;
            /**
             * @description After a transfer
             * @enum {string}
             */
            bridge_result?: "SUCCESS" | "USER_BUSY" | "NO_ANSWER" | "USER_NOT_REGISTERED";
            /**
             * @description The same as `bridge_result`
             * @enum {string}
             */
            call_result?: "SUCCESS" | "USER_BUSY" | "NO_ANSWER" | "USER_NOT_REGISTERED";
            /** @description The same for every request of a call */
            call_id?: string;
            /** @description Number of the request, from 1; a repeated one is a retry */
            step?: number;
        } & {
            [key: string]: string | number | boolean;
        };
        CustomerLookupAnswer: {
            name: string;
            /** @description The page of the customer */
            url?: string;
            /** @description At most 20 are shown */
            orders?: {
                id?: string;
                /** @description In place of `id` */
                number?: string;
                status?: string;
                total?: string;
                url?: string;
            }[];
        };
        CustomerLookup: {
            /** @description As people write it */
            number: string;
            number_e164: string;
        };
        OrderLookupAnswer: {
            orders: ({
                id: string;
                status: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        OrderLookup: {
            /** @description As people write it */
            number: string;
            number_e164: string;
            /** @description The line that was called */
            line: string;
        };
    };
    responses: {
        /** @description The body is not valid JSON in UTF-8 */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No token or password, or a wrong one */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The scope is missing */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Another content type is needed */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A field is invalid */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests; `Retry-After` has the seconds to wait */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database, the disk or Asterisk is not available; send it again later */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The error */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process responds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready, or `degraded`: part of the gateway works */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description `degraded`: calls are handled, and part of what `problems` names fails
                         * @enum {string}
                         */
                        status: "ready" | "degraded" | "not ready";
                        /** @description `ok`, or the problem and its remedy */
                        checks: {
                            [key: string]: string;
                        };
                        /** @description The checks that are not `ok` */
                        problems: {
                            check: string;
                            problem: string;
                            remedy?: string;
                            /** @description Calls cannot work: the reason of a 503 */
                            blocking: boolean;
                        }[];
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description Calls cannot work */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description `degraded`: calls are handled, and part of what `problems` names fails
                         * @enum {string}
                         */
                        status: "ready" | "degraded" | "not ready";
                        /** @description `ok`, or the problem and its remedy */
                        checks: {
                            [key: string]: string;
                        };
                        /** @description The checks that are not `ok` */
                        problems: {
                            check: string;
                            problem: string;
                            remedy?: string;
                            /** @description Calls cannot work: the reason of a 503 */
                            blocking: boolean;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description As of /readyz
                         * @enum {string}
                         */
                        status: "ready" | "degraded" | "not ready";
                        /** @description Of the gateway */
                        version: string;
                        /** @example v22.23.0 */
                        node_version: string;
                        /** @description As the environment sets them */
                        addresses: {
                            /** @description Of the gateway, for browsers and other systems */
                            outside_url: string;
                            /** @example 127.0.0.1:8080 */
                            listens_at: string;
                            /** @description Where telephones register; `tls_port`: null when Asterisk serves no SIP over TLS */
                            sip: {
                                server: string;
                                port: number;
                                tls_port: number | null;
                            };
                        };
                        database: {
                            /** @description Size of its file */
                            bytes: number;
                        };
                        /** @description Used prompts without audio in the first language of the company, with all languages that lack it: callers hear another language, or nothing */
                        prompts_missing: {
                            id: number;
                            name: string;
                            languages: string[];
                        }[];
                        asterisk: {
                            connected: boolean;
                            /**
                             * @description null before the first connect
                             * @example 22.10.1
                             */
                            version: string | null;
                        };
                        /** @description TRUNK_ENDPOINT; null when Asterisk cannot be asked, and when the company has trunks */
                        trunk: {
                            endpoint: string;
                            /**
                             * @description unknown: Asterisk has no such endpoint
                             * @enum {string}
                             */
                            state: "online" | "offline" | "unknown";
                            /**
                             * @description With the provider, as Asterisk reports them; empty when the trunk does not register
                             * @example [
                             *       "Registered"
                             *     ]
                             */
                            registrations: string[];
                        } | null;
                        /** @description As /api/v1/trunks */
                        trunks: {
                            /** @example provider */
                            name: string;
                            title: string;
                            /**
                             * @description registered, reachable: calls can be made; unchecked: probably; busy: all channels are in use; registering: no answer to the registration yet; rejected: the provider refused it; unreachable: the server does not answer; missing: not in Asterisk; disabled; unknown: Asterisk cannot be asked
                             * @enum {string}
                             */
                            state: "registered" | "reachable" | "unchecked" | "busy" | "registering" | "rejected" | "unreachable" | "missing" | "disabled" | "unknown";
                            /** @description Whether calls can be made over it, as far as known */
                            up: boolean;
                            /** @description In English */
                            problem: string | null;
                            /** @description The problem, for programs; null when nothing is known to be wrong */
                            problem_code: ("rejected" | "unreachable" | "registering" | "missing" | "busy" | "no_password" | "unknown_host" | "name_taken" | "not_written" | "endpoint_missing" | "endpoint_not_registered" | "endpoint_unreachable" | "no_answer" | "silent" | "sip" | "cause") | null;
                            /**
                             * @description What the words of the problem name, such as the server
                             * @example {
                             *       "server": "sip.provider.example"
                             *     }
                             */
                            problem_values: {
                                [key: string]: string;
                            };
                            /** @description Calls in progress, in both directions */
                            channels: number;
                            max_channels: number | null;
                            /** @description The last outgoing call that it did not carry, since the gateway has started */
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                /** @description In English */
                                message: string;
                                /** @enum {string} */
                                code: "rejected" | "unreachable" | "registering" | "missing" | "busy" | "no_password" | "unknown_host" | "name_taken" | "not_written" | "endpoint_missing" | "endpoint_not_registered" | "endpoint_unreachable" | "no_answer" | "silent" | "sip" | "cause";
                                /**
                                 * @description What the words of the problem name, such as the server
                                 * @example {
                                 *       "server": "sip.provider.example"
                                 *     }
                                 */
                                values: {
                                    [key: string]: string;
                                };
                            } | null;
                        }[];
                        /** @description Of /api/v1/backups */
                        backup: {
                            /** @description When the last successful backup was begun; null before the first */
                            last_at: string | null;
                            last_bytes: number | null;
                            /** @description Why the last backup failed; null when it succeeded */
                            failure: string | null;
                            /**
                             * @description Time of the daily backup; null: none
                             * @example 03:30
                             */
                            at: string | null;
                        };
                        /** @description In use by the gateway (`https`) and by Asterisk (`sip`), with TLS_DIR */
                        certificates: {
                            /** @enum {string} */
                            service: "https" | "sip";
                            /** @description ISO 8601, UTC */
                            expires_at: string;
                        }[];
                        /** @description Of the data folder */
                        disk: {
                            free_bytes: number;
                            total_bytes: number;
                        };
                        checks: {
                            /** @example trunk */
                            check: string;
                            ok: boolean;
                            /** @description Calls cannot work */
                            blocking: boolean;
                            /** @description In English */
                            problem: string | null;
                            /** @description In English */
                            remedy: string | null;
                            /**
                             * @description For a translation of the remedy; null when none is known
                             * @example trunk_not_registered
                             */
                            remedy_code: ("ari_login" | "ari_not_found" | "ari_no_answer" | "ami_login" | "ami_no_answer" | "ami_permission" | "dialplan_old" | "dialplan_missing" | "sorcery_missing" | "security_events_missing" | "func_db_missing" | "endpoint_unknown" | "endpoint_taken" | "queues_no_config_user" | "queues_login" | "queues_permission" | "own_asterisk" | "trunk_unknown" | "trunk_not_registered" | "trunk_unreachable" | "trunk_of_company" | "backup_no_space" | "notifications_held" | "backup_failed" | "certificate_needed" | "certificate_of_asterisk" | "certificate_expires" | "certificate_files" | "bans_own_asterisk" | "redis_away") | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alarms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description That fire now, newest first */
                        alarms: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /**
                             * @description Such as the name of a trunk or a queue; empty when the rule is about one thing
                             * @example trunk
                             */
                            about: string;
                            /** @enum {string} */
                            state: "firing" | "resolved";
                            /** @description In the language of the request */
                            title: string;
                            /** @description What happened */
                            text: string;
                            /** @description What to do */
                            remedy: string;
                            /** @description When the condition began */
                            since: string;
                            /** @description ISO 8601, UTC */
                            fired_at: string;
                            resolved_at: string | null;
                            /** @description When messages were queued; null while it is silenced */
                            sent_at: string | null;
                            acknowledged: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                by: string;
                            } | null;
                            /** @description No message is sent when it fires */
                            silenced: boolean;
                        }[];
                        silences: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /** @description null: every subject of the rule */
                            about: string | null;
                            /** @description ISO 8601, UTC */
                            until: string;
                            reason: string;
                            /** @description `@login` of the person, or name of the token */
                            by: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getAlarmsHistory: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is null on the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alarms: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /**
                             * @description Such as the name of a trunk or a queue; empty when the rule is about one thing
                             * @example trunk
                             */
                            about: string;
                            /** @enum {string} */
                            state: "firing" | "resolved";
                            /** @description In the language of the request */
                            title: string;
                            /** @description What happened */
                            text: string;
                            /** @description What to do */
                            remedy: string;
                            /** @description When the condition began */
                            since: string;
                            /** @description ISO 8601, UTC */
                            fired_at: string;
                            resolved_at: string | null;
                            /** @description When messages were queued; null while it is silenced */
                            sent_at: string | null;
                            acknowledged: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                by: string;
                            } | null;
                            /** @description No message is sent when it fires */
                            silenced: boolean;
                        }[];
                        next: number | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postAlarmAcknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alarms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description That fire now, newest first */
                        alarms: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /**
                             * @description Such as the name of a trunk or a queue; empty when the rule is about one thing
                             * @example trunk
                             */
                            about: string;
                            /** @enum {string} */
                            state: "firing" | "resolved";
                            /** @description In the language of the request */
                            title: string;
                            /** @description What happened */
                            text: string;
                            /** @description What to do */
                            remedy: string;
                            /** @description When the condition began */
                            since: string;
                            /** @description ISO 8601, UTC */
                            fired_at: string;
                            resolved_at: string | null;
                            /** @description When messages were queued; null while it is silenced */
                            sent_at: string | null;
                            acknowledged: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                by: string;
                            } | null;
                            /** @description No message is sent when it fires */
                            silenced: boolean;
                        }[];
                        silences: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /** @description null: every subject of the rule */
                            about: string | null;
                            /** @description ISO 8601, UTC */
                            until: string;
                            reason: string;
                            /** @description `@login` of the person, or name of the token */
                            by: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such alarm, or it is resolved */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postAlarmsSilences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @example trunk_down
                     * @enum {string}
                     */
                    rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                    /**
                     * @description null: every subject of the rule
                     * @default null
                     */
                    about?: string | null;
                    minutes: number;
                    /** @example The provider repairs the line until 14:00. */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description The silence */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        /**
                         * @example trunk_down
                         * @enum {string}
                         */
                        rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                        /** @description null: every subject of the rule */
                        about: string | null;
                        /** @description ISO 8601, UTC */
                        until: string;
                        reason: string;
                        /** @description `@login` of the person, or name of the token */
                        by: string;
                        /** @description ISO 8601, UTC */
                        at: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteAlarmsSilence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The alarms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description That fire now, newest first */
                        alarms: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /**
                             * @description Such as the name of a trunk or a queue; empty when the rule is about one thing
                             * @example trunk
                             */
                            about: string;
                            /** @enum {string} */
                            state: "firing" | "resolved";
                            /** @description In the language of the request */
                            title: string;
                            /** @description What happened */
                            text: string;
                            /** @description What to do */
                            remedy: string;
                            /** @description When the condition began */
                            since: string;
                            /** @description ISO 8601, UTC */
                            fired_at: string;
                            resolved_at: string | null;
                            /** @description When messages were queued; null while it is silenced */
                            sent_at: string | null;
                            acknowledged: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                by: string;
                            } | null;
                            /** @description No message is sent when it fires */
                            silenced: boolean;
                        }[];
                        silences: {
                            id: number;
                            /**
                             * @example trunk_down
                             * @enum {string}
                             */
                            rule: "trunk_down" | "queue_unstaffed" | "queue_waiting" | "shop_failing" | "deliveries_late" | "disk_low" | "backup_old" | "dial_limit" | "password_guessing" | "address_banned" | "certificate" | "gateway_degraded" | "calls_refused";
                            /** @description null: every subject of the rule */
                            about: string | null;
                            /** @description ISO 8601, UTC */
                            until: string;
                            reason: string;
                            /** @description `@login` of the person, or name of the token */
                            by: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such silence, or it has ended */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getSystemChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null before the first */
                        run: {
                            id: string;
                            /** Format: date-time */
                            started_at: string;
                            /** @description null while checks are made */
                            finished_at: string | null;
                            /**
                             * @description The gravest result so far
                             * @enum {string}
                             */
                            status: "ok" | "warning" | "failed";
                            /** @description In the order in which the checks are made */
                            rows: {
                                /**
                                 * @example nat
                                 * @enum {string}
                                 */
                                check: "settings" | "gateway" | "disk" | "http" | "ari" | "ami" | "queue_writer" | "dialplan" | "sip_udp" | "sip_tcp" | "rtp" | "nat" | "browsers" | "codecs" | "trunk" | "clock" | "certificate" | "prompts" | "backup" | "redis" | "sip_call" | "sip_digits" | "sip_sound_there" | "sip_sound_back" | "loop_back";
                                /** @description What the check looks at, in English */
                                looked_at: string;
                                /** @enum {string} */
                                state: "waiting" | "running" | "done";
                                /** @description skipped: it could not be looked at, for the reason in `value`; null until the check is done */
                                status: ("ok" | "warning" | "failed" | "skipped") | null;
                                /** @description What was found, in English */
                                value: string | null;
                                /** @description What to do, in English; null when nothing is wrong */
                                remedy: string | null;
                                /** @description For a translation of the remedy */
                                remedy_code: ("ari_login" | "ari_not_found" | "ari_no_answer" | "ami_login" | "ami_no_answer" | "ami_permission" | "dialplan_old" | "dialplan_missing" | "sorcery_missing" | "security_events_missing" | "func_db_missing" | "endpoint_unknown" | "endpoint_taken" | "queues_no_config_user" | "queues_login" | "queues_permission" | "own_asterisk" | "trunk_unknown" | "trunk_not_registered" | "trunk_unreachable" | "trunk_of_company" | "backup_no_space" | "notifications_held" | "backup_failed" | "certificate_needed" | "certificate_of_asterisk" | "certificate_expires" | "certificate_files" | "bans_own_asterisk" | "redis_away" | "settings_invalid" | "gateway_down" | "gateway_refuses" | "disk_not_writable" | "disk_full" | "disk_slow" | "http_public" | "http_outside" | "http_port_taken" | "browser_https" | "ari_read_only" | "codec_missing" | "codec_trunk" | "codec_opus" | "sip_outside" | "sip_no_answer" | "rtp_few" | "rtp_taken" | "nat_unresolved" | "nat_missing" | "nat_half" | "nat_private" | "nat_local_net" | "clock_differs" | "certificate_no_answer" | "certificate_expired" | "certificate_name" | "certificate_soon" | "prompt_file" | "prompt_missing" | "backup_none" | "backup_old" | "loop_back_enter" | "loop_back_answer" | "loop_back_digits" | "loop_back_audio" | "sip_call_account" | "sip_call_codecs" | "sip_call_refused" | "sip_digits" | "sip_sound_there" | "sip_sound_back" | "no_result") | null;
                                duration_ms: number | null;
                            }[];
                        } | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postSystemChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Makes test calls, too: one inside Asterisk, and one over SIP with audio. No line, handset, history or report sees them; they take about 15 s
                     * @default false
                     */
                    loop_back?: boolean;
                };
            };
        };
        responses: {
            /** @description The checks are being made */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: date-time */
                        started_at: string;
                        /** @description null while checks are made */
                        finished_at: string | null;
                        /**
                         * @description The gravest result so far
                         * @enum {string}
                         */
                        status: "ok" | "warning" | "failed";
                        /** @description In the order in which the checks are made */
                        rows: {
                            /**
                             * @example nat
                             * @enum {string}
                             */
                            check: "settings" | "gateway" | "disk" | "http" | "ari" | "ami" | "queue_writer" | "dialplan" | "sip_udp" | "sip_tcp" | "rtp" | "nat" | "browsers" | "codecs" | "trunk" | "clock" | "certificate" | "prompts" | "backup" | "redis" | "sip_call" | "sip_digits" | "sip_sound_there" | "sip_sound_back" | "loop_back";
                            /** @description What the check looks at, in English */
                            looked_at: string;
                            /** @enum {string} */
                            state: "waiting" | "running" | "done";
                            /** @description skipped: it could not be looked at, for the reason in `value`; null until the check is done */
                            status: ("ok" | "warning" | "failed" | "skipped") | null;
                            /** @description What was found, in English */
                            value: string | null;
                            /** @description What to do, in English; null when nothing is wrong */
                            remedy: string | null;
                            /** @description For a translation of the remedy */
                            remedy_code: ("ari_login" | "ari_not_found" | "ari_no_answer" | "ami_login" | "ami_no_answer" | "ami_permission" | "dialplan_old" | "dialplan_missing" | "sorcery_missing" | "security_events_missing" | "func_db_missing" | "endpoint_unknown" | "endpoint_taken" | "queues_no_config_user" | "queues_login" | "queues_permission" | "own_asterisk" | "trunk_unknown" | "trunk_not_registered" | "trunk_unreachable" | "trunk_of_company" | "backup_no_space" | "notifications_held" | "backup_failed" | "certificate_needed" | "certificate_of_asterisk" | "certificate_expires" | "certificate_files" | "bans_own_asterisk" | "redis_away" | "settings_invalid" | "gateway_down" | "gateway_refuses" | "disk_not_writable" | "disk_full" | "disk_slow" | "http_public" | "http_outside" | "http_port_taken" | "browser_https" | "ari_read_only" | "codec_missing" | "codec_trunk" | "codec_opus" | "sip_outside" | "sip_no_answer" | "rtp_few" | "rtp_taken" | "nat_unresolved" | "nat_missing" | "nat_half" | "nat_private" | "nat_local_net" | "clock_differs" | "certificate_no_answer" | "certificate_expired" | "certificate_name" | "certificate_soon" | "prompt_file" | "prompt_missing" | "backup_none" | "backup_old" | "loop_back_enter" | "loop_back_answer" | "loop_back_digits" | "loop_back_audio" | "sip_call_account" | "sip_call_codecs" | "sip_call_refused" | "sip_digits" | "sip_sound_there" | "sip_sound_back" | "no_result") | null;
                            duration_ms: number | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description They are being made already */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getSystemConnectSheet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sheet, made now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Where Asterisk is looked for
                         * @example http://127.0.0.1:8088
                         */
                        ari_url: string;
                        /** @description ARI_APP, the prefix of everything of the gateway */
                        app: string;
                        /** @description Folder of Asterisk’s configuration that was read; null: not on this machine, or not readable */
                        folder: string | null;
                        rows: {
                            /** @example dialplan */
                            topic: string;
                            /**
                             * @description missing: calls or a function do not work; unknown: it could not be looked at
                             * @enum {string}
                             */
                            state: "ok" | "missing" | "warning" | "unknown";
                            /** @description What was found, in English */
                            text: string;
                            /** @description What to do, in English */
                            remedy: string | null;
                        }[];
                        /** @description What `cordboard connect` writes, for people who add it by hand */
                        snippets: {
                            /** @example extensions.conf */
                            file: string;
                            /** @description The file for additions on a FreePBX */
                            freepbx_file: string;
                            /** @description Section of the file in which the text must be; null: the text has sections of its own */
                            section: string | null;
                            /** @description What does not work without it, in English */
                            why: string;
                            /** @description Lines with a password are comments that name its variable */
                            text: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What `cordboard export` writes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putConfig: {
        parameters: {
            query?: {
                dry_run?: "true" | "false";
            };
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": unknown;
                "application/x-yaml": unknown;
                "text/yaml": unknown;
                "text/plain": unknown;
                "application/json": unknown;
            };
        };
        responses: {
            /** @description What changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        applied: boolean;
                        changes: {
                            section: string;
                            key: string;
                            change: string;
                            text: string;
                        }[];
                        warnings: components["schemas"]["ConfigProblem"][];
                        not_settled: string[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Another version is current (`changed_meanwhile`) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The document has errors; nothing was changed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigLint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/yaml": unknown;
                "application/x-yaml": unknown;
                "text/yaml": unknown;
                "text/plain": unknown;
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Problems, none if all is well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["ConfigProblem"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPlanActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The actions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        actions: {
                            name: string;
                            fields: {
                                /** @description Name of the setting; empty: the action has this setting only, written after its name */
                                name: string;
                                /** @enum {string} */
                                kind: "prompt" | "prompts" | "queue" | "handset" | "part" | "profile" | "phone_number" | "duration" | "key" | "hours" | "recording" | "url" | "text" | "number" | "choice" | "switch";
                                required: boolean;
                                /** @description As it is written in the document */
                                default?: unknown;
                                minimum?: number;
                                maximum?: number;
                                choices?: string[];
                                /** @description Of the fields with the same word exactly one has a value */
                                one_of?: string;
                                /** @description The value is an object of these settings of the action, beside the others */
                                settings?: string[];
                            }[];
                            /** @description The settings that are lists of actions */
                            branches: {
                                name: string;
                                /** @description A list of actions for each key, in place of one list */
                                by_key: boolean;
                                required: boolean;
                            }[];
                            /** @description The setting that a value without a name sets: `play: 7` is `play: { prompt: 7 }` */
                            bare: string | null;
                            /** @description The name alone is the action without settings: `- answer` */
                            stands_alone: boolean;
                            /** @description Waits for the caller, the shop or somebody who answers */
                            waits: boolean;
                            /** @description The plan does not continue after it: it goes elsewhere, or the call ends */
                            ends: boolean;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postSimulate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A document as YAML or JSON. Default: the configuration as it is */
                    config?: string;
                    /** @description Id of a draft to simulate in place of the configuration */
                    draft?: string;
                    line: string;
                    /**
                     * @description Groups of keys, each pressed when the call asks for input: `9,1001#` or `["9", "1001#"]`; an empty one presses nothing
                     * @default
                     */
                    keys?: string | string[];
                    /**
                     * @description Stops where the call waits for a key and all groups are used; `waiting` says for what. An empty group lets it wait in vain
                     * @default false
                     */
                    pause?: boolean;
                    /** @description ISO 8601; without an offset it is the line’s own time. Default: now */
                    at?: string;
                    caller?: string;
                    /**
                     * Format: uri
                     * @description Replaces the plan’s own URLs
                     */
                    shop?: string;
                    /** @description Responses in place of the shop’s, one for each request; then it returns to the plan. `{ status, delay, body }`, `{ silent: true }` for no answer at all; one with `digits` answers the requests that report these digits. Left out: the real shop is asked, which needs the scope config:write */
                    stub?: unknown[];
                    /**
                     * @description Status of the caller’s order
                     * @enum {string}
                     */
                    order?: "new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake";
                    /**
                     * @description Handsets and numbers ring without an answer
                     * @default false
                     */
                    nobody_answers?: boolean;
                    answering?: {
                        /** @description The only handset that answers */
                        handset?: string;
                        /** @description How long it rings. Default: 5 */
                        after_s?: number;
                        /** @description Default: 30 */
                        talk_s?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The course of the call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        line: string;
                        caller: string;
                        time_zone: string;
                        /** @description ISO 8601, UTC */
                        started_at: string;
                        /** @description Of a paused call: the instant of the pause */
                        ended_at: string;
                        /** @description Empty for a paused call; `cut_off` when it exceeded a limit */
                        ended_by: string;
                        /** @description Unused keys */
                        keys_left: string;
                        /**
                         * @description Whether requests were sent to a real shop
                         * @enum {string}
                         */
                        shop: "stub" | "real";
                        /** @description What a paused call waits for; null when the call has ended */
                        waiting: {
                            place: string | null;
                            /** @description Keys that lead further */
                            keys: string[];
                            /** @description What has been typed for this input */
                            typed: string;
                            /** @description The input ends with this number of keys */
                            max: number;
                            /** @description # ends the input */
                            hash_ends: boolean;
                            /** @description When the input ends without another key */
                            until: string | null;
                        } | null;
                        /** @description The actions that ran, in order */
                        places: string[];
                        /** @description The prompts in `timeline` */
                        prompts: {
                            id: number;
                            language: string;
                            name: string | null;
                            /** @description Path of the audio; null when it is made during the call */
                            audio: string | null;
                        }[];
                        /** @description Entries as of a real call */
                        timeline: {
                            seq: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            /** @description Since the call began */
                            offset_ms: number;
                            kind: string;
                            /** @description The action of the plan that it belongs to: `lines/+420222333444/plan/1/menu/keys/9/0` */
                            place: string | null;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description The same for people */
                        text: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description Without `stub`: the scope config:write is needed (`scope_missing`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The document has errors, or the line does not exist */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigDrafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The drafts, and the version of the configuration that is published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        drafts: components["schemas"]["Draft"][];
                        current_version: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigDrafts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default
                     * @example Christmas hours
                     */
                    name?: string;
                    /** @description Default: the current configuration */
                    document?: {
                        [key: string]: unknown;
                    };
                    /** @description The document as YAML, in place of `document` */
                    yaml?: string;
                    /** @description The version that the document began with: what others have published since is kept. Default: the current */
                    base_version?: number;
                };
            };
        };
        responses: {
            /** @description The draft */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftWithDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There are too many drafts (`too_many_drafts`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The draft would be larger than a configuration can be */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The document cannot be read, or there is no such `base_version` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigDraft: {
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
            /** @description The draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftWithDocument"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteConfigDraft: {
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
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    patchConfigDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @default [] */
                    changes?: {
                        /** @enum {string} */
                        section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                        key: string;
                        /** @description The item as it is in the document; null or left out removes it */
                        body: unknown;
                        /** @description In the section, from 0; default: where it is, or last */
                        position?: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description The draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftWithDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The draft has another revision (`changed_meanwhile`) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The draft would be larger than a configuration can be */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            /** @description If-Match was not sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigDraftLint: {
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
            /** @description Problems, none if all is well */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        problems: components["schemas"]["ConfigProblem"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigDraftDiff: {
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
            /** @description Changes of the current configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changes: {
                            /**
                             * @description `settings` has one item, `company`: everything outside of the other sections
                             * @enum {string}
                             */
                            section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                            key: string;
                            /** @enum {string} */
                            change: "added" | "changed" | "removed";
                            /** @description The item as it is in the document */
                            before?: unknown;
                            /** @description The item as it is in the document */
                            after?: unknown;
                            /** @description Lines whose callers can hear or reach the item, before or after the change */
                            lines: string[];
                        }[];
                        /** @description Items that somebody else has changed since; publishing is refused */
                        conflicts: {
                            section: string;
                            key: string;
                            /** @description As it was when the draft began; null: not there */
                            base: unknown;
                            draft: unknown;
                            current: unknown;
                            /** @description Who has changed it since, newest first */
                            changed_by: {
                                version: number;
                                /** @description ISO 8601, UTC */
                                at: string;
                                /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                                author: string | null;
                            }[];
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigDraftRebase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Which state remains of the items that both have changed
                     * @default []
                     */
                    choices?: {
                        /** @enum {string} */
                        section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                        key: string;
                        /** @enum {string} */
                        keep: "draft" | "current";
                    }[];
                };
            };
        };
        responses: {
            /** @description The draft, which begins with the current version now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftWithDocument"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The draft has another revision, or somebody else has changed the same items (`changed_meanwhile`) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        type: string;
                        title: string;
                        status: number;
                        /** @description English; people read a translation of `code` with `params` */
                        detail: string;
                        /** @constant */
                        code: "changed_meanwhile";
                        /** @description Values for a translation of the code, such as `minimum` */
                        params?: {
                            [key: string]: unknown;
                        };
                        errors?: {
                            /** @description Place of the invalid value, such as `body.name` or `query.limit` */
                            field: string;
                            detail: string;
                            /** @description Machine-readable kind of the error, such as `too_small` */
                            code: string;
                            /** @description Values for a translation of the code, such as `minimum` */
                            params?: {
                                [key: string]: unknown;
                            };
                        }[];
                        current: number;
                        conflicts?: {
                            section: string;
                            key: string;
                            /** @description As it was when the draft began; null: not there */
                            base: unknown;
                            draft: unknown;
                            current: unknown;
                            /** @description Who has changed it since, newest first */
                            changed_by: {
                                version: number;
                                /** @description ISO 8601, UTC */
                                at: string;
                                /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                                author: string | null;
                            }[];
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            /** @description If-Match was not sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigDraftPublish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedConfig"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The draft has another revision, or somebody else has changed the same items (`changed_meanwhile`) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        type: string;
                        title: string;
                        status: number;
                        /** @description English; people read a translation of `code` with `params` */
                        detail: string;
                        /** @constant */
                        code: "changed_meanwhile";
                        /** @description Values for a translation of the code, such as `minimum` */
                        params?: {
                            [key: string]: unknown;
                        };
                        errors?: {
                            /** @description Place of the invalid value, such as `body.name` or `query.limit` */
                            field: string;
                            detail: string;
                            /** @description Machine-readable kind of the error, such as `too_small` */
                            code: string;
                            /** @description Values for a translation of the code, such as `minimum` */
                            params?: {
                                [key: string]: unknown;
                            };
                        }[];
                        current: number;
                        conflicts?: {
                            section: string;
                            key: string;
                            /** @description As it was when the draft began; null: not there */
                            base: unknown;
                            draft: unknown;
                            current: unknown;
                            /** @description Who has changed it since, newest first */
                            changed_by: {
                                version: number;
                                /** @description ISO 8601, UTC */
                                at: string;
                                /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                                author: string | null;
                            }[];
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The configuration would have errors; nothing was changed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description If-Match was not sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigDraftReplay: {
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
            /** @description null: none was started, or there is no such draft */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replay: components["schemas"]["PastCallsReplay"] | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigDraftReplay: {
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
                    /** @default 7 */
                    days?: number;
                    /**
                     * @description At most this many calls, the newest
                     * @default 2000
                     */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description It is running */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        replay: components["schemas"]["PastCallsReplay"];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            /** @description Too many are in progress (`busy`) */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteConfigDraftReplay: {
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
            /** @description Canceled, or it was done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigVersions: {
        parameters: {
            query?: {
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is null on the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        versions: {
                            version: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                            author: string | null;
                        }[];
                        current: number;
                        next: number | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document, and the changes from the version before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        /** @description ISO 8601, UTC */
                        at: string;
                        /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                        author: string | null;
                        document: {
                            [key: string]: unknown;
                        };
                        changes: components["schemas"]["ConfigChange"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postConfigVersionRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published as a new version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedConfig"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Another version is current (`changed_meanwhile`) */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The version would have errors now; nothing was changed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither If-Match nor If-None-Match was sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigBySection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The items */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * @description `settings` has one item, `company`: everything outside of the other sections
                             * @enum {string}
                             */
                            section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                            key: string;
                            etag: string;
                            /** @description The item as it is in the document */
                            body: unknown;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getConfigBySectionByKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description `settings` has one item, `company`: everything outside of the other sections
                         * @enum {string}
                         */
                        section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                        key: string;
                        etag: string;
                        /** @description The item as it is in the document */
                        body: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putConfigBySectionByKey: {
        parameters: {
            query?: {
                position?: number;
            };
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
                /** @description `*` for something new: the request is refused when it exists */
                "If-None-Match"?: string;
            };
            path: {
                section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        version: number;
                        changes: components["schemas"]["ConfigChange"][];
                        warnings: components["schemas"]["ConfigProblem"][];
                        /** @description What Asterisk does not have yet */
                        not_settled: string[];
                        etag: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else has changed the item (`changed_meanwhile`): the item as it is, and who changed it when */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        type: string;
                        title: string;
                        status: number;
                        /** @description English; people read a translation of `code` with `params` */
                        detail: string;
                        /** @constant */
                        code: "changed_meanwhile";
                        /** @description Values for a translation of the code, such as `minimum` */
                        params?: {
                            [key: string]: unknown;
                        };
                        errors?: {
                            /** @description Place of the invalid value, such as `body.name` or `query.limit` */
                            field: string;
                            detail: string;
                            /** @description Machine-readable kind of the error, such as `too_small` */
                            code: string;
                            /** @description Values for a translation of the code, such as `minimum` */
                            params?: {
                                [key: string]: unknown;
                            };
                        }[];
                        /**
                         * @description `settings` has one item, `company`: everything outside of the other sections
                         * @enum {string}
                         */
                        section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                        key: string;
                        /** @description null when it was removed */
                        current: unknown;
                        etag: string | null;
                        /** @description Newest first */
                        changed_by: {
                            version: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                            author: string | null;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The configuration would have errors; nothing was changed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither If-Match nor If-None-Match was sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteConfigBySectionByKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that you have read: the request is refused when it is another one by now */
                "If-Match"?: string;
            };
            path: {
                section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedConfig"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Somebody else has changed the item (`changed_meanwhile`): the item as it is, and who changed it when */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        type: string;
                        title: string;
                        status: number;
                        /** @description English; people read a translation of `code` with `params` */
                        detail: string;
                        /** @constant */
                        code: "changed_meanwhile";
                        /** @description Values for a translation of the code, such as `minimum` */
                        params?: {
                            [key: string]: unknown;
                        };
                        errors?: {
                            /** @description Place of the invalid value, such as `body.name` or `query.limit` */
                            field: string;
                            detail: string;
                            /** @description Machine-readable kind of the error, such as `too_small` */
                            code: string;
                            /** @description Values for a translation of the code, such as `minimum` */
                            params?: {
                                [key: string]: unknown;
                            };
                        }[];
                        /**
                         * @description `settings` has one item, `company`: everything outside of the other sections
                         * @enum {string}
                         */
                        section: "settings" | "prompts" | "handsets" | "queues" | "trunks" | "music" | "operators" | "parts" | "lines" | "webhooks" | "callbacks" | "profiles";
                        key: string;
                        /** @description null when it was removed */
                        current: unknown;
                        etag: string | null;
                        /** @description Newest first */
                        changed_by: {
                            version: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            /** @description `@login` of a person, or the name of a token; null for the gateway itself */
                            author: string | null;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Something else refers to the item; nothing was changed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither If-Match nor If-None-Match was sent (`precondition_required`) */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operator or token of the request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Login of the operator, or name of the token
                         * @example jana@example.com
                         */
                        name: string;
                        scopes: ("config:read" | "config:write" | "calls:read" | "numbers:read" | "calls:control" | "calls:reject" | "calls:listen" | "recordings:read" | "recordings:delete" | "monitor:read" | "operators:read" | "operators:control" | "accounts:write" | "people:data" | "audit:read" | "prompts:read" | "prompts:write" | "webhooks:write" | "metrics:read" | "lines:read" | "dispatch:notify" | "dispatch:connect" | "backups:make" | "phones:embed" | "alarms:write" | "bans:write")[];
                        /** @description Id of the operator; null for a token */
                        operator: number | null;
                        /** @description Handset of the operator; null when there is none */
                        handset: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accounts: components["schemas"]["Account"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putAccountPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                login: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                };
            };
        };
        responses: {
            /** @description The password, shown only once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    old: string;
                    new: string;
                };
            };
        };
        responses: {
            /** @description Changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postSetupLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Opens the set-up once; a later link replaces it */
                        url: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is an account already (`account_exists`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postSetupAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    login: string;
                    name: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Created, with the cookie of a session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        login: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description The code is wrong, used, replaced or expired (`setup_code_invalid`) */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is an account already (`account_exists`) */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            /** @description Too many wrong codes */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description new: it was never begun
                         * @enum {string}
                         */
                        state: "new" | "open" | "finished" | "dismissed";
                        /** @description The step that was open last */
                        step?: string;
                        answers: components["schemas"]["SetupAnswers"];
                        /** @description Items of the configuration that the set-up has made */
                        made: {
                            /**
                             * @description Id by purpose
                             * @default {}
                             */
                            prompts: {
                                [key: string]: number;
                            };
                            queue?: number;
                            handset?: string;
                            test_handset?: string;
                            part?: string;
                        };
                        /** @description Whether an operator has a password */
                        account_exists: boolean;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    state: "open" | "finished" | "dismissed";
                    /** @description The step that was open last */
                    step?: string;
                    answers: components["schemas"]["SetupAnswers"];
                    /** @description Items of the configuration that the set-up has made */
                    made: {
                        /**
                         * @description Id by purpose
                         * @default {}
                         */
                        prompts?: {
                            [key: string]: number;
                        };
                        queue?: number;
                        handset?: string;
                        test_handset?: string;
                        part?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        state: "open" | "finished" | "dismissed";
                        /** @description The step that was open last */
                        step?: string;
                        answers: components["schemas"]["SetupAnswers"];
                        /** @description Items of the configuration that the set-up has made */
                        made: {
                            /**
                             * @description Id by purpose
                             * @default {}
                             */
                            prompts: {
                                [key: string]: number;
                            };
                            queue?: number;
                            handset?: string;
                            test_handset?: string;
                            part?: string;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getAudit: {
        parameters: {
            query?: {
                actor?: string;
                action?: "logged_in" | "login_failed" | "password_set" | "setup_link_created" | "token_created" | "token_revoked" | "screen_pop_token_set" | "screen_pop_token_removed" | "configuration_published" | "configuration_restored" | "draft_published" | "account_added" | "account_changed" | "account_removed" | "roles_changed" | "prompt_added" | "prompt_replaced" | "prompt_removed" | "handset_password_set" | "handset_password_shown" | "trunk_password_set" | "embedded_phone_opened" | "phone_settings_fetched" | "phone_settings_refused" | "phone_enrolled" | "phone_withdrawn" | "recording_played" | "recording_downloaded" | "recording_deleted" | "call_listened" | "call_listen_refused" | "call_note_changed" | "calls_exported" | "report_exported" | "audit_exported" | "configuration_exported" | "webhook_tested" | "deliveries_resent" | "hand_over_tested" | "recorded_requests_removed" | "do_not_call_added" | "do_not_call_removed" | "person_exported" | "person_erased" | "backup_made" | "backup_downloaded" | "alarm_acknowledged" | "alarm_silenced" | "alarm_silence_ended" | "address_banned" | "ban_lifted" | "guesses_not_banned";
                from?: string;
                to?: string;
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is null on the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                        next: number | null;
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getAuditCsv: {
        parameters: {
            query?: {
                actor?: string;
                action?: "logged_in" | "login_failed" | "password_set" | "setup_link_created" | "token_created" | "token_revoked" | "screen_pop_token_set" | "screen_pop_token_removed" | "configuration_published" | "configuration_restored" | "draft_published" | "account_added" | "account_changed" | "account_removed" | "roles_changed" | "prompt_added" | "prompt_replaced" | "prompt_removed" | "handset_password_set" | "handset_password_shown" | "trunk_password_set" | "embedded_phone_opened" | "phone_settings_fetched" | "phone_settings_refused" | "phone_enrolled" | "phone_withdrawn" | "recording_played" | "recording_downloaded" | "recording_deleted" | "call_listened" | "call_listen_refused" | "call_note_changed" | "calls_exported" | "report_exported" | "audit_exported" | "configuration_exported" | "webhook_tested" | "deliveries_resent" | "hand_over_tested" | "recorded_requests_removed" | "do_not_call_added" | "do_not_call_removed" | "person_exported" | "person_erased" | "backup_made" | "backup_downloaded" | "alarm_acknowledged" | "alarm_silenced" | "alarm_silence_ended" | "address_banned" | "ban_lifted" | "guesses_not_banned";
                from?: string;
                to?: string;
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        tokens: components["schemas"]["Token"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("config:read" | "config:write" | "calls:read" | "numbers:read" | "calls:control" | "calls:reject" | "calls:listen" | "recordings:read" | "recordings:delete" | "monitor:read" | "operators:read" | "operators:control" | "accounts:write" | "people:data" | "audit:read" | "prompts:read" | "prompts:write" | "webhooks:write" | "metrics:read" | "lines:read" | "dispatch:notify" | "dispatch:connect" | "backups:make" | "phones:embed" | "alarms:write" | "bans:write")[];
                    /** Format: date-time */
                    expires_at?: string;
                    /** @default false */
                    replace?: boolean;
                };
            };
        };
        responses: {
            /** @description The token, shown only once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getOperatorDispatchToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether a token is set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, UTC; null when no token is set */
                        set_since: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putOperatorDispatchToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Set */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, UTC; null when no token is set */
                        set_since: string | null;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteOperatorDispatchToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getContacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            name: string;
                            /** @description E.164 */
                            number: string;
                            note: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHolidays: {
        parameters: {
            query?: {
                country?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        regions: {
                            /** @description As `holidays` of opening hours names it */
                            code: string;
                            name: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHoliday: {
        parameters: {
            query: {
                from_year: number;
                years?: number;
            };
            header?: never;
            path: {
                region: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days, in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        holidays: {
                            date: string;
                            name: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description They are not known */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetBrowserPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
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
                        /** @description Name of the handset: the user of the SIP address */
                        user: string;
                        /** @description User name for the challenge; it differs from `user` */
                        authorization_user: string;
                        password: string;
                        /** @description Ask for another account before */
                        expires_at: string;
                        /** @description `iceServers` of an RTCPeerConnection */
                        ice_servers: {
                            urls: string[];
                            username?: string;
                            credential?: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset is not for browsers (`webrtc`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            /** @description The handset is not in Asterisk yet */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    postHandsetIceServers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The servers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `iceServers` of an RTCPeerConnection */
                        ice_servers: {
                            urls: string[];
                            username?: string;
                            credential?: string;
                        }[];
                        /** @description When the credentials of the TURN server expire; null without one */
                        expires_at: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset is not for browsers (`webrtc`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPhoneServers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The addresses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Server and domain of SIP phones */
                        server: string;
                        port: number;
                        transports: ("udp" | "tcp")[];
                        /** @description SIP over TLS; null: Asterisk does not serve it */
                        tls_port: number | null;
                        /** @description SIP server of browser phones */
                        websocket_url: string;
                        /** @description Domain of their SIP addresses */
                        websocket_domain: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account of the handset */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: string;
                        password: string;
                        /** @description Addresses from which phones fetch these settings, for 15 minutes; null for browser phones */
                        provisioning: {
                            linphone: string;
                            yealink: string;
                            grandstream: string;
                            /** @description ISO 8601, UTC */
                            expires_at: string;
                        } | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset is a telephone of the company’s own Asterisk (`endpoint`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getTrunks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Empty when the company has no trunks of its own: TRUNK_ENDPOINT is used then */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        trunks: {
                            /** @example provider */
                            name: string;
                            title: string;
                            /**
                             * @description registered, reachable: calls can be made; unchecked: probably; busy: all channels are in use; registering: no answer to the registration yet; rejected: the provider refused it; unreachable: the server does not answer; missing: not in Asterisk; disabled; unknown: Asterisk cannot be asked
                             * @enum {string}
                             */
                            state: "registered" | "reachable" | "unchecked" | "busy" | "registering" | "rejected" | "unreachable" | "missing" | "disabled" | "unknown";
                            /** @description Whether calls can be made over it, as far as known */
                            up: boolean;
                            /** @description In English */
                            problem: string | null;
                            /** @description The problem, for programs; null when nothing is known to be wrong */
                            problem_code: ("rejected" | "unreachable" | "registering" | "missing" | "busy" | "no_password" | "unknown_host" | "name_taken" | "not_written" | "endpoint_missing" | "endpoint_not_registered" | "endpoint_unreachable" | "no_answer" | "silent" | "sip" | "cause") | null;
                            /**
                             * @description What the words of the problem name, such as the server
                             * @example {
                             *       "server": "sip.provider.example"
                             *     }
                             */
                            problem_values: {
                                [key: string]: string;
                            };
                            /** @description Calls in progress, in both directions */
                            channels: number;
                            max_channels: number | null;
                            /** @description The last outgoing call that it did not carry, since the gateway has started */
                            last_error: {
                                /** @description ISO 8601, UTC */
                                at: string;
                                /** @description In English */
                                message: string;
                                /** @enum {string} */
                                code: "rejected" | "unreachable" | "registering" | "missing" | "busy" | "no_password" | "unknown_host" | "name_taken" | "not_written" | "endpoint_missing" | "endpoint_not_registered" | "endpoint_unreachable" | "no_answer" | "silent" | "sip" | "cause";
                                /**
                                 * @description What the words of the problem name, such as the server
                                 * @example {
                                 *       "server": "sip.provider.example"
                                 *     }
                                 */
                                values: {
                                    [key: string]: string;
                                };
                            } | null;
                            has_password: boolean;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putTrunkPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Stored */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such trunk */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postTrunkTestCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                };
            };
        };
        responses: {
            /** @description Being called */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such trunk */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHandsetEnrolledPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The phone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        phone: {
                            mac: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            /** @description Until when the phone has to ask first; null when it has */
                            expires_at: string | null;
                            first_fetched_at: string | null;
                            last_fetched_at: string | null;
                            /** @description User-Agent of the phone */
                            device: string;
                        } | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putHandsetEnrolledPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mac: string;
                };
            };
        };
        responses: {
            /** @description The address, which is shown only once */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        mac: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        /** @description Until when the phone has to ask first; null when it has */
                        expires_at: string | null;
                        first_fetched_at: string | null;
                        last_fetched_at: string | null;
                        /** @description User-Agent of the phone */
                        device: string;
                        /** @description To be entered into the phone; ends with / */
                        url: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset is for browsers (`webrtc`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteHandsetEnrolledPhone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdrawn */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getProvisioningByTokenByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file for Linphone, Yealink, Grandstream or Snom */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml; charset=utf-8": string;
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description The login that an enrolled phone got with its first settings is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetPhoneToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Of the page with the script tag: `https://shop.example` */
                    origin: string;
                };
            };
        };
        responses: {
            /** @description The token */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset is not for browsers (`webrtc`), or no operator has it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The origin is not among `browser_phones.origins` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPhoneSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    origin: string;
                };
            };
        };
        responses: {
            /** @description The token of the session */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        token: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description The token is unknown, used or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPhoneSessionRenewal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Renew the session before */
                        expires_at: string;
                    };
                };
            };
            /** @description The token is unknown, used or expired */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deletePhoneSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getLines: {
        parameters: {
            query?: {
                branch?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["Line"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The line */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Line"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHandsets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Handsets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        handsets: components["schemas"]["Handset"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetLogIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    queues?: number[];
                };
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetLogOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    queues?: number[];
                };
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    queues?: number[];
                    /** @default  */
                    reason?: "" | string;
                };
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetUnpause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    queues?: number[];
                };
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetEndWrapUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetExtendWrapUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The handset after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Handset"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHandsetQueues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Memberships */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queues: {
                            queue: number;
                            logged_in: boolean;
                            paused: boolean;
                            /** @description `wrap_up`: an extended wrap-up time */
                            pause_reason: string;
                            /** @enum {string} */
                            state: "free" | "ringing" | "busy" | "wrap_up" | "unavailable";
                            wrap_up_until: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getOperatorEvents: {
        parameters: {
            query?: {
                handset?: string;
                operator?: string;
                queue?: number;
                since?: string;
                limit?: number;
                cursor?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: {
                            id: number;
                            /** @description ISO 8601, UTC */
                            at: string;
                            handset: string;
                            /** @description Login of the handset’s operator at that time */
                            operator: string | null;
                            queue: number;
                            /** @enum {string} */
                            event: "logged_in" | "logged_out" | "paused" | "unpaused";
                            reason: string;
                            /** @description The author; `handset`: a feature code, `asterisk`: a change in Asterisk itself */
                            by: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPrompts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prompts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        prompts: components["schemas"]["Prompt"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPrompts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    sound?: string;
                    audio?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description The prompt */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPromptsFromText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @description Default: the company's first language */
                    voice?: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description The prompt */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The prompt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putPrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    sound?: string;
                    audio?: {
                        [key: string]: string;
                    };
                };
            };
        };
        responses: {
            /** @description The prompt, and the plans that use it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deletePrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
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
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPromptAudioByLanguage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WAV, 8 kHz, mono, 16 bit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putPromptAudioByLanguage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                language: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": unknown;
                "audio/*": unknown;
                "application/ogg": unknown;
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description The prompt, and the plans that use it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deletePromptAudioByLanguage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The prompt, and the plans that use it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postAudio: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": unknown;
                "audio/*": unknown;
                "application/ogg": unknown;
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description The hash and the duration */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sha256: string;
                        duration_ms: number;
                        /** @description Path of the audio as callers hear it */
                        url: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postAudioFromText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @description Default: the company's first language */
                    voice?: string;
                };
            };
        };
        responses: {
            /** @description The hash, the duration and the language */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sha256: string;
                        duration_ms: number;
                        /** @description Path of the audio as callers hear it */
                        url: string;
                        language: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMediaByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WAV, or raw G.711 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                    "application/octet-stream": unknown;
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMusic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Music */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        music: components["schemas"]["Music"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMusic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    sound?: string;
                    /** @description Hashes `sha256:…` from /api/v1/audio */
                    audio?: string[];
                    name: string;
                };
            };
        };
        responses: {
            /** @description The music */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Music"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMusicByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The music */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Music"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putMusicByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    title?: string;
                    sound?: string;
                    /** @description Hashes `sha256:…` from /api/v1/audio */
                    audio?: string[];
                };
            };
        };
        responses: {
            /** @description The music, and the queues that play it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Music"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteMusicByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMusicByNameAudio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": unknown;
                "audio/*": unknown;
                "application/ogg": unknown;
                "application/octet-stream": unknown;
            };
        };
        responses: {
            /** @description The music, and the queues that play it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Music"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMusicByNameAudioBySha256: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WAV, 8 kHz, mono, 16 bit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteMusicByNameAudioBySha256: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                sha256: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The music, and the queues that play it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Music"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getShippedSounds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description By name */
                        sounds: {
                            /** @description What `sound` of a prompt refers to */
                            sound: string;
                            audio: {
                                duration_ms: number;
                                /** @description Path of the audio */
                                url: string;
                                language: string;
                                /** @description What the recording says */
                                text: string | null;
                            }[];
                        }[];
                        /** @description By name */
                        music: {
                            duration_ms: number;
                            /** @description Path of the audio */
                            url: string;
                            /** @description What `sound` of music refers to */
                            sound: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getStatusSpeechRecordings: {
        parameters: {
            query: {
                language: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The recordings by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordings: {
                            /** @description As templates name it */
                            name: string;
                            text: string;
                            /** @description Path of the audio as callers hear it; null without one */
                            audio: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postStatusSpeechPreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    status: ("new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake") | null;
                    language: string;
                    /**
                     * @default notification
                     * @enum {string}
                     */
                    occasion?: "notification" | "inquiry";
                    template?: string;
                    car_mark?: string;
                    car_model?: string;
                    car_color?: string;
                    car_plate?: string;
                    minutes?: number;
                    vars?: {
                        [key: string]: string | number;
                    };
                    pieces?: (((string | number) | {
                        say: string;
                        /** @default [] */
                        before?: (string | number)[];
                        /** @default [] */
                        after?: (string | number)[];
                        /**
                         * @default accusative
                         * @enum {string}
                         */
                        case?: "nominative" | "accusative";
                    } | {
                        text: string;
                    }) | {
                        choose: ((string | number) | {
                            say: string;
                            /** @default [] */
                            before?: (string | number)[];
                            /** @default [] */
                            after?: (string | number)[];
                            /**
                             * @default accusative
                             * @enum {string}
                             */
                            case?: "nominative" | "accusative";
                        } | {
                            text: string;
                        })[][];
                    })[];
                };
            };
        };
        responses: {
            /** @description The text, and the prompt of each piece */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        silent: boolean;
                        text: string;
                        pieces: {
                            prompt: number;
                            text: string;
                            /** @description Path of the audio as callers hear it; null without one */
                            audio: string | null;
                        }[];
                        left_out: string[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCalls: {
        parameters: {
            query?: {
                q?: string;
                line?: string;
                direction?: "incoming" | "outgoing";
                outcome?: "answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed";
                queue?: number;
                agent?: string;
                handset?: string;
                order?: string;
                waited_over?: number;
                has_recording?: "true" | "false";
                has_note?: "true" | "false";
                running?: "true" | "false";
                from?: string;
                to?: string;
                since?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["Call"][];
                        next: string | null;
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description `q` without the scope numbers:read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCalls: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rung first */
                    handset: string;
                    /** @description Rung when the handset has answered */
                    number: string;
                    /** @description Number of the line that makes the call; default: the first */
                    line?: string;
                    /**
                     * @description Asks the handset to answer automatically
                     * @default false
                     */
                    auto_answer?: boolean;
                };
            };
        };
        responses: {
            /** @description Being called */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCallsCsv: {
        parameters: {
            query?: {
                q?: string;
                line?: string;
                direction?: "incoming" | "outgoing";
                outcome?: "answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed";
                queue?: number;
                agent?: string;
                handset?: string;
                order?: string;
                waited_over?: number;
                has_recording?: "true" | "false";
                has_note?: "true" | "false";
                running?: "true" | "false";
                from?: string;
                to?: string;
                since?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One line for each call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCall: {
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
            /** @description The call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallWithTimeline"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallReplay: {
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
            /** @description What the plan did then and would do now, until it passes the call to people */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What the plan did, until it passed the call to people */
                        recorded: {
                            kind: string;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description What the plan did, until it passed the call to people */
                        now: {
                            kind: string;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                        /** @description Index of the first step that differs; null when none does */
                        differs_at: number | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Without the scope calls:read or numbers:read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description `call_running`, or `not_replayable`: not an incoming call, or erased */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The line no longer exists */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCallFixture: {
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
            /** @description The call, with personal data */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        format: 1;
                        request: {
                            line: string;
                            /** @description Groups of keys, one for each question: `9,1001#` */
                            keys: string;
                            /** @description When the call arrived, ISO 8601 */
                            at: string;
                            caller: string;
                            /** @description The responses of the shop, in order */
                            stub: unknown[];
                        };
                        /** @description What the plan did, until it passed the call to people */
                        course: {
                            kind: string;
                            data: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Without the scope numbers:read */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: components["responses"]["NotFound"];
            /** @description `call_running`, or `not_replayable`: not an incoming call, or erased */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsCalls: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description incoming or outgoing
                             * @example incoming
                             */
                            key: string;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description incoming or outgoing
                             * @example incoming
                             */
                            key: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsCallsCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsQueues: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description Id of the queue
                             * @example 12
                             */
                            key: string;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description Id of the queue
                             * @example 12
                             */
                            key: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsQueuesCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsLines: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description Number of the line
                             * @example +420222333444
                             */
                            key: string;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            answered: number;
                            served: number;
                            lost: number;
                            unanswered: number;
                            busy: number;
                            unreachable: number;
                            rejected: number;
                            refused: number;
                            failed: number;
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /** @description All of them */
                            calls: number;
                            /** @description Share answered within `within` seconds, of all that waited: answered, lost, unanswered, busy, unreachable */
                            service_level: number | null;
                            /** @description Of answered calls */
                            waited_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            waited_p90_ms: number | null;
                            /** @description How long lost callers waited */
                            lost_after_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            lost_after_p90_ms: number | null;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /**
                             * @description Number of the line
                             * @example +420222333444
                             */
                            key: string;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsLinesCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsAgents: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Name of the handset
                             * @example sales
                             */
                            key: string;
                            answered: number;
                            /** @description Outgoing calls of the handset without an answer */
                            unanswered: number;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /** @description Average in milliseconds; null when there is none */
                            talk_average_ms: number | null;
                            /** @description How long its callers waited */
                            waited_average_ms: number | null;
                            /** @description Wrap-up times of the queues after its talks, by their settings when the talks ended */
                            wrap_up_ms: number;
                            /** @description Time in which it was paused in a queue */
                            pause_ms: number;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Name of the handset
                             * @example sales
                             */
                            key: string;
                            answered: number;
                            /** @description Outgoing calls of the handset without an answer */
                            unanswered: number;
                            /** @description Sum in milliseconds */
                            talk_ms: number;
                            /** @description Average in milliseconds; null when there is none */
                            talk_average_ms: number | null;
                            /** @description How long its callers waited */
                            waited_average_ms: number | null;
                            /** @description Wrap-up times of the queues after its talks, by their settings when the talks ended */
                            wrap_up_ms: number;
                            /** @description Time in which it was paused in a queue */
                            pause_ms: number;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsAgentsCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsMenus: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Place of the menu in the plan
                             * @example lines/+420222333444/plan/1
                             */
                            key: string;
                            entered: number;
                            /**
                             * @description How often each key was chosen
                             * @example {
                             *       "1": 20,
                             *       "9": 7
                             *     }
                             */
                            keys: {
                                [key: string]: number;
                            };
                            /** @description Questions without a key */
                            timeouts: number;
                            /** @description Callers who hung up before they chose a key */
                            gave_up: number;
                            /**
                             * @description Line or part, keys and prompts of the menu, as the plans are now; null when they no longer have it
                             * @example Customer line › Main menu
                             */
                            name: string | null;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Place of the menu in the plan
                             * @example lines/+420222333444/plan/1
                             */
                            key: string;
                            entered: number;
                            /**
                             * @description How often each key was chosen
                             * @example {
                             *       "1": 20,
                             *       "9": 7
                             *     }
                             */
                            keys: {
                                [key: string]: number;
                            };
                            /** @description Questions without a key */
                            timeouts: number;
                            /** @description Callers who hung up before they chose a key */
                            gave_up: number;
                            /**
                             * @description Line or part, keys and prompts of the menu, as the plans are now; null when they no longer have it
                             * @example Customer line › Main menu
                             */
                            name: string | null;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsMenusCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsNotifications: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Status of the order
                             * @example driver_arrived
                             */
                            key: string;
                            finished: number;
                            /** @description Calls made */
                            attempts: number;
                            /**
                             * @description Notifications by result
                             * @example {
                             *       "delivered": 12
                             *     }
                             */
                            results: {
                                [key: string]: number;
                            };
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Status of the order
                             * @example driver_arrived
                             */
                            key: string;
                            finished: number;
                            /** @description Calls made */
                            attempts: number;
                            /**
                             * @description Notifications by result
                             * @example {
                             *       "delivered": 12
                             *     }
                             */
                            results: {
                                [key: string]: number;
                            };
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsNotificationsCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsShop: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Host of the application
                             * @example shop.example
                             */
                            key: string;
                            requests: number;
                            answered: number;
                            /** @description Answers with a status of 400 or more */
                            errors: number;
                            no_answer: number;
                            /** @description Average in milliseconds; null when there is none */
                            latency_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            latency_p90_ms: number | null;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description Host of the application
                             * @example shop.example
                             */
                            key: string;
                            requests: number;
                            answered: number;
                            /** @description Answers with a status of 400 or more */
                            errors: number;
                            no_answer: number;
                            /** @description Average in milliseconds; null when there is none */
                            latency_average_ms: number | null;
                            /** @description 90 % are at most this long: an upper edge of the groups in which durations are counted; null when there is none */
                            latency_p90_ms: number | null;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsShopCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsQuality: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        from: string;
                        to: string;
                        /** @enum {string} */
                        by: "hour" | "day" | "weekday" | "weekday_hour";
                        /** @example Europe/Prague */
                        time_zone: string;
                        within_s: number;
                        /** @description Ended calls that the sums do not contain yet: some seconds after a call, many after an upgrade */
                        pending: number;
                        /** @description Sorted by group, then by key */
                        rows: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description `handset/` and the name of a handset, `trunk/` and that of another SIP endpoint, or `line/` and the number of a line
                             * @example handset/sales
                             */
                            key: string;
                            /** @description Legs of calls whose audio was measured */
                            legs: number;
                            good: number;
                            /** @description Some people would complain */
                            fair: number;
                            /** @description Many people would complain */
                            poor: number;
                            /** @description Share of poor ones, 0 to 1; null when there is none */
                            poor_share: number | null;
                            /** @description Estimated mean opinion score, 1 to 4.5 (E-model of ITU-T G.107) */
                            mos_average: number | null;
                            /** @description Lost packets in the worse direction, 0 to 1 */
                            lost_share: number | null;
                            /** @description In the worse direction */
                            jitter_average_ms: number | null;
                            /** @description Of the legs whose phone reports it */
                            round_trip_average_ms: number | null;
                        }[];
                        /** @description The whole time by key; `group` is empty */
                        totals: {
                            /**
                             * @description By `by`: the hour 00 to 23, the day, the weekday 1 (Monday) to 7, or weekday and hour, in the company’s time zone
                             * @example 2026-11-21
                             * @example 09
                             * @example 1
                             * @example 1-09
                             */
                            group: string;
                            /**
                             * @description `handset/` and the name of a handset, `trunk/` and that of another SIP endpoint, or `line/` and the number of a line
                             * @example handset/sales
                             */
                            key: string;
                            /** @description Legs of calls whose audio was measured */
                            legs: number;
                            good: number;
                            /** @description Some people would complain */
                            fair: number;
                            /** @description Many people would complain */
                            poor: number;
                            /** @description Share of poor ones, 0 to 1; null when there is none */
                            poor_share: number | null;
                            /** @description Estimated mean opinion score, 1 to 4.5 (E-model of ITU-T G.107) */
                            mos_average: number | null;
                            /** @description Lost packets in the worse direction, 0 to 1 */
                            lost_share: number | null;
                            /** @description In the worse direction */
                            jitter_average_ms: number | null;
                            /** @description Of the legs whose phone reports it */
                            round_trip_average_ms: number | null;
                        }[];
                    };
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getReportsQualityCsv: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                by?: "hour" | "day" | "weekday" | "weekday_hour";
                key?: string;
                within?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRecordings: {
        parameters: {
            query?: {
                call?: string;
                queue?: number;
                line?: string;
                kind?: "talk" | "message";
                since?: string;
                until?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the next page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        recordings: components["schemas"]["Recording"][];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRecording: {
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
            /** @description The recording */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteRecording: {
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
            /** @description The recording is deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRecordingAudio: {
        parameters: {
            query?: {
                download?: "1";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WAV, 8 kHz, mono, 16 bit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMessages: {
        parameters: {
            query?: {
                state?: "open" | "done" | "all";
                line?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["Message"][];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMessagesCount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The numbers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        open: number;
                        unheard: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMessageAudio: {
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
            /** @description WAV, 8 kHz, mono, 16 bit */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMessageDone: {
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
            /** @description Stored */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteMessageDone: {
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
            /** @description Open again */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallsAnnounce: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                    /** @description Number of the line that makes the call; default: the first */
                    line?: string;
                    prompt?: number;
                    part?: string;
                };
            };
        };
        responses: {
            /** @description Being called */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallInterrupt: {
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
                    /** @description Default: `reject_prompt` of the line, or of the company */
                    prompt?: number;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallHangup: {
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
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallTransfer: {
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
                    queue?: number;
                    handset?: string;
                    number?: string;
                    /** @description Number of one of the company's lines: the caller goes through its plan */
                    line?: string;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallPlay: {
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
                    prompt: number;
                    /**
                     * @default both
                     * @enum {string}
                     */
                    side?: "caller" | "callee" | "both";
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallListen: {
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
                    /** @description The supervisor's */
                    handset: string;
                    /**
                     * @description listen: hears both sides; whisper: the operator hears the supervisor too; barge: all hear each other
                     * @default listen
                     * @enum {string}
                     */
                    mode?: "listen" | "whisper" | "barge";
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postCallMove: {
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
                    /** @description From 1; beyond the end: the last one */
                    position: number;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    queue?: number;
                    handset?: string;
                    number?: string;
                    /** @description Number of one of the company's lines: the caller goes through its plan */
                    line?: string;
                    /** @description Refuses when the handset talks in another call by now */
                    call_id?: string;
                    /**
                     * @description Your handset talks with the target before the caller does. Queues and lines cannot be asked
                     * @default false
                     */
                    ask_first?: boolean;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset does not talk, or the transfer does not allow this step now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetTransferByStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                step: "connect" | "return" | "swap" | "join" | "separate";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Refuses when the handset talks in another call by now */
                    call_id?: string;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset does not talk, or the transfer does not allow this step now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetPark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Refuses when the handset talks in another call by now */
                    call_id?: string;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The handset does not talk, or the transfer does not allow this step now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetPickUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    call_id: string;
                };
            };
        };
        responses: {
            /** @description Stored; the gateway carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The call is not parked any more */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCallNote: {
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
            /** @description The note; null for none */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        note: components["schemas"]["CallNote"] | null;
                        /** @description Whether you may change it */
                        may_write: boolean;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    putCallNote: {
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
                    /**
                     * @description Empty removes the note
                     * @example Wants the red one, will call again on Monday.
                     */
                    text: string;
                    /** @description `at` of the note that the text is based on, null for none: refuses (412) when the call has another one by now */
                    replaces?: string | null;
                };
            };
        };
        responses: {
            /** @description The stored note; null when it was removed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        note: components["schemas"]["CallNote"] | null;
                        /** @description Whether you may change it */
                        may_write: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such call */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody has changed the note meanwhile: `note` is the present one */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getCallCustomer: {
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
            /** @description What is known; empty for a withheld number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Only with the scope numbers:read */
                        name: string | null;
                        /** @description The customer's page at the shop; only with the scope numbers:read */
                        url: string | null;
                        /** @description Open orders */
                        orders: {
                            /** @description Masked without the scope numbers:read */
                            id: string;
                            /** @description As the shop writes it, or a status of the dispatch such as `arrived` */
                            status: string | null;
                            total: string | null;
                            /** @description The order's page at the shop; only with the scope numbers:read */
                            url: string | null;
                        }[];
                        /** @description The last 5 other calls from and to the number, newest first */
                        calls: {
                            id: string;
                            /**
                             * @description ISO 8601, UTC
                             * @example 2026-11-21T10:15:00.000Z
                             */
                            started_at: string;
                            /** @enum {string} */
                            direction: "incoming" | "outgoing";
                            line: string;
                            queue: number | null;
                            /** @description null while the call is running */
                            outcome: ("answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed") | null;
                            talk_ms: number | null;
                            agent: {
                                handset?: string;
                                /** @description Masked without the scope numbers:read */
                                number?: string;
                                /** @enum {string} */
                                party?: "client" | "driver";
                            } | null;
                        }[];
                        /** @description The last 5 notes about these and earlier calls, newest call first; digits are masked without numbers:read */
                        notes: {
                            /** @description Digits are masked without the scope numbers:read */
                            text: string;
                            /**
                             * @description `@login` of the person, or the name of the token
                             * @example @eva
                             */
                            by: string;
                            /**
                             * @description When it was written last
                             * @example 2026-11-21T10:15:00.000Z
                             */
                            at: string;
                            call_id: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandsetCall: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number?: string;
                    /** @description Calls the outside party of this call, whose number you need not know */
                    call_id?: string;
                    /** @description Number of the line that makes the call; default: that of the call, or the first */
                    line?: string;
                };
            };
        };
        responses: {
            /** @description Being called */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such call */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The number of this call was withheld (`bad_number`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHandsetCalls: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One call for each number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: {
                            call_id: string;
                            /** @description Masked without the scope numbers:read; empty when withheld */
                            number: string;
                            /** @description Of the company's contacts; only with the scope numbers:read */
                            name: string | null;
                            /** @enum {string} */
                            direction: "incoming" | "outgoing";
                            /**
                             * @description ISO 8601, UTC
                             * @example 2026-11-21T10:15:00.000Z
                             */
                            started_at: string;
                            /** @description null while the call is running */
                            outcome: ("answered" | "served" | "lost" | "unanswered" | "busy" | "unreachable" | "rejected" | "refused" | "failed") | null;
                            /**
                             * @description missed: it rang here and nobody answered; elsewhere: it rang here, and somebody else answered; unanswered: an outgoing call
                             * @enum {string}
                             */
                            result: "talked" | "missed" | "elsewhere" | "unanswered";
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postDialChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    numbers: string[];
                };
            };
        };
        responses: {
            /** @description In the same order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks: {
                            number: string;
                            allowed: boolean;
                            /** @description bad_number: no phone number; refused: by the dial policy */
                            why: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRefusedCalls: {
        parameters: {
            query?: {
                reason?: "unknown_line" | "line_full" | "too_many" | "not_durable" | "unknown_arguments";
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is null on the last */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: {
                            id: number;
                            /** @description The first of equal calls */
                            at: string;
                            /** @description ISO 8601, UTC */
                            last_at: string;
                            /** @description Number of equal calls within about a second */
                            times: number;
                            /**
                             * @description unknown_line: no line has the dialled number; line_full: `max_calls` of the line; too_many: MAX_CALLS of the gateway; not_durable: the database could not be written, the call went to the fallback; unknown_arguments: the dialplan that sent the call is not the shipped one
                             * @enum {string}
                             */
                            reason: "unknown_line" | "line_full" | "too_many" | "not_durable" | "unknown_arguments";
                            /**
                             * @description As it arrived; masked without the scope numbers:read, empty in a flood of different calls
                             * @example 222333555
                             */
                            dialled: string;
                            /**
                             * @description The dialled number as a line has it, E.164 by the country of the company; null when it is none
                             * @example +420222333555
                             */
                            number: string | null;
                            /** @description Masked without the scope numbers:read; empty when withheld */
                            caller: string;
                            /**
                             * @description SIP endpoint that the call came from
                             * @example trunk
                             */
                            endpoint: string;
                        }[];
                        next: number | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMissedCalls: {
        parameters: {
            query?: {
                state?: "open" | "closed" | "all";
                from?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        missed: {
                            /**
                             * @description Masked without the scope numbers:read
                             * @example +420777888999
                             */
                            number: string;
                            /** @enum {string} */
                            state: "open" | "closed";
                            /**
                             * @description Missed calls since the number was last reached; of a closed one, all since `from`
                             * @example 3
                             */
                            times: number;
                            waited_longest_ms: number;
                            waited_total_ms: number;
                            /**
                             * @description ISO 8601, UTC
                             * @example 2026-11-21T10:15:00.000Z
                             */
                            first_at: string;
                            /**
                             * @description ISO 8601, UTC
                             * @example 2026-11-21T10:15:00.000Z
                             */
                            last_at: string;
                            last_call_id: string;
                            /** @description Called lines, the last first */
                            lines: string[];
                            /** @description Queues in which they waited, the last first */
                            queues: number[];
                            /** @description Open orders of the caller, and those that the calls were about; ids are masked without numbers:read */
                            orders: {
                                id: string;
                                status: string | null;
                            }[];
                            closed: {
                                /**
                                 * @description answered: a later call from or to the number was answered; done: marked by a person or client
                                 * @enum {string}
                                 */
                                how: "answered" | "done";
                                /**
                                 * @description ISO 8601, UTC
                                 * @example 2026-11-21T10:15:00.000Z
                                 */
                                at: string;
                                /** @description The answered call */
                                call_id: string | null;
                                /** @description `@login` of the person, or the name of the token */
                                by: string | null;
                                note: string | null;
                            } | null;
                        }[];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMissedCallsCount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 3 */
                        open: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMissedCallDone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default
                     * @example wants the red one
                     */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Stored */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description No call of the number was missed */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteMissedCallDone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open again */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The number is not marked as done */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postMissedCallCallBack: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Rung first; default: your own handset. Another one needs the scope calls:control */
                    handset?: string;
                    /** @description Default: the line that they called last */
                    line?: string;
                };
            };
        };
        responses: {
            /** @description Being called */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description No call of the number was missed */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You have no handset (`no_handset`) */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getBridges: {
        parameters: {
            query?: {
                order_id?: string;
                running?: "true" | "false";
                numbers?: "true" | "false";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bridges: {
                            /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
                            bridge_id: string;
                            order_id: string;
                            /** @enum {string} */
                            state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
                            failed: {
                                /**
                                 * @description The leg that failed
                                 * @enum {string}
                                 */
                                leg: "a" | "b";
                                /** @enum {string} */
                                reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                                /** @description Details of the reason */
                                detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
                            } | null;
                            /** @description With `ended` */
                            ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
                            /** @description The number that both see */
                            line: string;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            bridged_at: string | null;
                            ended_at: string | null;
                            metadata: {
                                [key: string]: string | number | boolean;
                            };
                            /** @description The party that is called first */
                            a: {
                                /** @description With `numbers=true`; masked without the scope numbers:read */
                                phone?: string;
                                /** @enum {string} */
                                role: "client" | "driver";
                            };
                            b: {
                                /** @description With `numbers=true`; masked without the scope numbers:read */
                                phone?: string;
                                /** @enum {string} */
                                role: "client" | "driver";
                            };
                        }[];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postBridges: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    order_id: string;
                    /**
                     * @description The party that requested the call
                     * @enum {string}
                     */
                    initiator: "client" | "driver";
                    /** @description Called first: the initiator */
                    a: {
                        /** @description In the national format of the company’s country, or with the country code */
                        phone: string;
                        /** @enum {string} */
                        role: "client" | "driver";
                    };
                    /** @description Called once A has answered */
                    b: {
                        /** @description In the national format of the company’s country, or with the country code */
                        phone: string;
                        /** @enum {string} */
                        role: "client" | "driver";
                    };
                    /** @description Number of the line that both see; default: the first line */
                    line?: string;
                    ring_timeout_a_s?: number;
                    ring_timeout_b_s?: number;
                    max_duration_s?: number;
                    /**
                     * @description What A hears while B rings
                     * @enum {string}
                     */
                    wait_audio?: "ringback" | "silence";
                    /** @description B must press this digit to be connected */
                    confirm_digit?: string;
                    /** @description `announce`: id of the prompt that both hear before the talk */
                    record?: boolean | {
                        announce?: number;
                    };
                    /** @description Receives every state; must be below one of the company’s callbacks */
                    callback_url?: string;
                    /** @description Returned with every response and event of the bridge */
                    metadata?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Stored and started */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
                        bridge_id: string;
                        order_id: string;
                        /** @enum {string} */
                        state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
                        failed: {
                            /**
                             * @description The leg that failed
                             * @enum {string}
                             */
                            leg: "a" | "b";
                            /** @enum {string} */
                            reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                            /** @description Details of the reason */
                            detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
                        } | null;
                        /** @description With `ended` */
                        ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
                        /** @description The number that both see */
                        line: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        bridged_at: string | null;
                        ended_at: string | null;
                        metadata: {
                            [key: string]: string | number | boolean;
                        };
                        /** @description The party that is called first */
                        a: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                        b: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getBridge: {
        parameters: {
            query?: {
                numbers?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bridge */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
                        bridge_id: string;
                        order_id: string;
                        /** @enum {string} */
                        state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
                        failed: {
                            /**
                             * @description The leg that failed
                             * @enum {string}
                             */
                            leg: "a" | "b";
                            /** @enum {string} */
                            reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                            /** @description Details of the reason */
                            detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
                        } | null;
                        /** @description With `ended` */
                        ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
                        /** @description The number that both see */
                        line: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        bridged_at: string | null;
                        ended_at: string | null;
                        metadata: {
                            [key: string]: string | number | boolean;
                        };
                        /** @description The party that is called first */
                        a: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                        b: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteBridge: {
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
            /** @description The bridge, ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Also its id among the calls: `/api/v1/calls/{id}` has the timeline */
                        bridge_id: string;
                        order_id: string;
                        /** @enum {string} */
                        state: "queued" | "dialing_a" | "a_answered" | "dialing_b" | "bridged" | "ended" | "failed";
                        failed: {
                            /**
                             * @description The leg that failed
                             * @enum {string}
                             */
                            leg: "a" | "b";
                            /** @enum {string} */
                            reason: "busy" | "no_answer" | "rejected" | "unreachable" | "canceled";
                            /** @description Details of the reason */
                            detail: ("unknown_outcome" | "refused" | "provider_refused" | "no_such_number" | "asterisk_restart" | "not_confirmed") | null;
                        } | null;
                        /** @description With `ended` */
                        ended_by: ("a" | "b" | "limit" | "canceled" | "asterisk" | "fault") | null;
                        /** @description The number that both see */
                        line: string;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        bridged_at: string | null;
                        ended_at: string | null;
                        metadata: {
                            [key: string]: string | number | boolean;
                        };
                        /** @description The party that is called first */
                        a: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                        b: {
                            /** @description With `numbers=true`; masked without the scope numbers:read */
                            phone?: string;
                            /** @enum {string} */
                            role: "client" | "driver";
                        };
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                order_id?: string;
                external_id?: string;
                batch?: string;
                state?: "waiting" | "calling" | "done";
                result?: "delivered" | "busy" | "no_answer" | "failed" | "expired" | "superseded" | "window_missed" | "refused" | "canceled";
                numbers?: "true" | "false";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the next page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notifications: {
                            notification_id: string;
                            external_id: string;
                            order_id: string;
                            /** @description As given in the request */
                            status: string;
                            batch: string | null;
                            /** @enum {string} */
                            state: "waiting" | "calling" | "done";
                            /** @description Set when the state is `done` */
                            result: ("delivered" | "busy" | "no_answer" | "failed" | "expired" | "superseded" | "window_missed" | "refused" | "canceled") | null;
                            attempts: {
                                /** @description From 1 */
                                number: number;
                                /** @description `/api/v1/calls/{id}` has its timeline */
                                call_id: string;
                                /** @description ISO 8601, UTC */
                                started_at: string;
                                ended_at: string | null;
                                /** @description Null during the call; `unknown`: the gateway crashed, so the phone may have rung */
                                outcome: ("heard" | "heard_by_machine" | "cut_short" | "machine" | "busy" | "no_answer" | "rejected" | "unreachable" | "no_such_number" | "refused" | "limited" | "unknown" | "failed") | null;
                            }[];
                            /** @description Set when the state is `waiting`: the earliest time of the next call */
                            next_attempt_at: string | null;
                            /** @description When the last call was answered; set when the state is `done` */
                            answered_at: string | null;
                            /** @description Length of that call from the answer, in seconds */
                            duration: number | null;
                            /** @description The pressed key */
                            digit: string | null;
                            /** @description The action of the pressed key */
                            action: ("connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook") | null;
                            /** @description ISO 8601, UTC */
                            created_at: string;
                            /** @description ISO 8601, UTC */
                            expires_at: string;
                            finished_at: string | null;
                            /** @description Which of our statuses it is; null when it is another one */
                            known_status: ("new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake") | null;
                            /** @description Number of the line that the call is made for */
                            line: string;
                            /** @description The called number, with `numbers=true`; masked without the scope numbers:read */
                            to?: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postNotifications: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Your own id: a repeated id is the same notification */
                    external_id: string;
                    order_id: string;
                    /** @description One of the statuses of docs/notifications.md; for others, `status_speech.unknown` decides */
                    status: string;
                    /** @description In the format of the company’s country, or with the country code */
                    to: string;
                    /** @description Number of the line that the call is made for; default: the first */
                    line?: string;
                    /**
                     * @description Details to speak; absent ones are not spoken
                     * @default {}
                     */
                    details?: {
                        car_mark?: string;
                        car_model?: string;
                        car_color?: string;
                        car_plate?: string;
                        minutes?: number;
                    };
                    template?: string;
                    vars?: {
                        [key: string]: string | number;
                    };
                    /** @description Prompt ids, played instead of the text of the status */
                    prompts?: number[];
                    /** @description Keys and their actions */
                    options?: {
                        digit: string;
                        /** @enum {string} */
                        action: "connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook";
                    }[];
                    input?: {
                        /** @default 5000 */
                        timeout_ms?: number;
                        /** @default 3 */
                        tries?: number;
                    };
                    retry?: {
                        max_attempts?: number;
                        interval_s?: number;
                        backoff?: number;
                        on?: ("busy" | "no_answer" | "failed" | "unknown")[];
                    };
                    /** @description Time of day in which calls may be made */
                    window?: {
                        from: string;
                        to: string;
                        /** @description IANA name */
                        tz: string;
                        /**
                         * @default defer
                         * @enum {string}
                         */
                        policy?: "defer" | "drop";
                    };
                    /** Format: date-time */
                    expires_at?: string;
                    /**
                     * @description Replaces waiting notifications of the same order
                     * @default true
                     */
                    supersede?: boolean;
                    /** @description Receives the result; must be below one of the company’s callbacks */
                    callback_url?: string;
                    /** @description Name of a batch, whose progress can be read */
                    batch?: string;
                };
            };
        };
        responses: {
            /** @description Stored: will be spoken, or reported as not spoken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notification_id: string;
                        external_id: string;
                        order_id: string;
                        /** @description As given in the request */
                        status: string;
                        batch: string | null;
                        /** @enum {string} */
                        state: "waiting" | "calling" | "done";
                        /** @description Set when the state is `done` */
                        result: ("delivered" | "busy" | "no_answer" | "failed" | "expired" | "superseded" | "window_missed" | "refused" | "canceled") | null;
                        attempts: {
                            /** @description From 1 */
                            number: number;
                            /** @description `/api/v1/calls/{id}` has its timeline */
                            call_id: string;
                            /** @description ISO 8601, UTC */
                            started_at: string;
                            ended_at: string | null;
                            /** @description Null during the call; `unknown`: the gateway crashed, so the phone may have rung */
                            outcome: ("heard" | "heard_by_machine" | "cut_short" | "machine" | "busy" | "no_answer" | "rejected" | "unreachable" | "no_such_number" | "refused" | "limited" | "unknown" | "failed") | null;
                        }[];
                        /** @description Set when the state is `waiting`: the earliest time of the next call */
                        next_attempt_at: string | null;
                        /** @description When the last call was answered; set when the state is `done` */
                        answered_at: string | null;
                        /** @description Length of that call from the answer, in seconds */
                        duration: number | null;
                        /** @description The pressed key */
                        digit: string | null;
                        /** @description The action of the pressed key */
                        action: ("connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook") | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        finished_at: string | null;
                        /** @description Which of our statuses it is; null when it is another one */
                        known_status: ("new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake") | null;
                        /** @description Number of the line that the call is made for */
                        line: string;
                        /** @description The called number, with `numbers=true`; masked without the scope numbers:read */
                        to?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postNotificationsBatches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batch: string;
                    notifications: {
                        /** @description Your own id: a repeated id is the same notification */
                        external_id: string;
                        order_id: string;
                        /** @description One of the statuses of docs/notifications.md; for others, `status_speech.unknown` decides */
                        status: string;
                        /** @description In the format of the company’s country, or with the country code */
                        to: string;
                        /** @description Number of the line that the call is made for; default: the first */
                        line?: string;
                        /**
                         * @description Details to speak; absent ones are not spoken
                         * @default {}
                         */
                        details?: {
                            car_mark?: string;
                            car_model?: string;
                            car_color?: string;
                            car_plate?: string;
                            minutes?: number;
                        };
                        template?: string;
                        vars?: {
                            [key: string]: string | number;
                        };
                        /** @description Prompt ids, played instead of the text of the status */
                        prompts?: number[];
                        /** @description Keys and their actions */
                        options?: {
                            digit: string;
                            /** @enum {string} */
                            action: "connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook";
                        }[];
                        input?: {
                            /** @default 5000 */
                            timeout_ms?: number;
                            /** @default 3 */
                            tries?: number;
                        };
                        retry?: {
                            max_attempts?: number;
                            interval_s?: number;
                            backoff?: number;
                            on?: ("busy" | "no_answer" | "failed" | "unknown")[];
                        };
                        /** @description Time of day in which calls may be made */
                        window?: {
                            from: string;
                            to: string;
                            /** @description IANA name */
                            tz: string;
                            /**
                             * @default defer
                             * @enum {string}
                             */
                            policy?: "defer" | "drop";
                        };
                        /** Format: date-time */
                        expires_at?: string;
                        /**
                         * @description Replaces waiting notifications of the same order
                         * @default true
                         */
                        supersede?: boolean;
                        /** @description Receives the result; must be below one of the company’s callbacks */
                        callback_url?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description In the order of the request */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notifications: {
                            external_id: string;
                            /** @description Null when it was rejected */
                            notification_id: string | null;
                            error: {
                                status: number;
                                field: string | null;
                                detail: string;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getNotificationsBatch: {
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
            /** @description Numbers of notifications by state and by result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        batch: string;
                        total: number;
                        states: {
                            [key: string]: number;
                        };
                        results: {
                            [key: string]: number;
                        };
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getNotification: {
        parameters: {
            query?: {
                numbers?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The notification */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        notification_id: string;
                        external_id: string;
                        order_id: string;
                        /** @description As given in the request */
                        status: string;
                        batch: string | null;
                        /** @enum {string} */
                        state: "waiting" | "calling" | "done";
                        /** @description Set when the state is `done` */
                        result: ("delivered" | "busy" | "no_answer" | "failed" | "expired" | "superseded" | "window_missed" | "refused" | "canceled") | null;
                        attempts: {
                            /** @description From 1 */
                            number: number;
                            /** @description `/api/v1/calls/{id}` has its timeline */
                            call_id: string;
                            /** @description ISO 8601, UTC */
                            started_at: string;
                            ended_at: string | null;
                            /** @description Null during the call; `unknown`: the gateway crashed, so the phone may have rung */
                            outcome: ("heard" | "heard_by_machine" | "cut_short" | "machine" | "busy" | "no_answer" | "rejected" | "unreachable" | "no_such_number" | "refused" | "limited" | "unknown" | "failed") | null;
                        }[];
                        /** @description Set when the state is `waiting`: the earliest time of the next call */
                        next_attempt_at: string | null;
                        /** @description When the last call was answered; set when the state is `done` */
                        answered_at: string | null;
                        /** @description Length of that call from the answer, in seconds */
                        duration: number | null;
                        /** @description The pressed key */
                        digit: string | null;
                        /** @description The action of the pressed key */
                        action: ("connect_driver" | "connect_operator" | "cancel_order" | "repeat" | "webhook") | null;
                        /** @description ISO 8601, UTC */
                        created_at: string;
                        /** @description ISO 8601, UTC */
                        expires_at: string;
                        finished_at: string | null;
                        /** @description Which of our statuses it is; null when it is another one */
                        known_status: ("new" | "accepted" | "driver_finishing_current" | "arrived" | "paid_waiting" | "executing" | "completed_paid" | "client_refused" | "driver_late" | "overdue" | "driver_refused" | "no_driver" | "cancelled_by_driver" | "ordered_by_mistake") | null;
                        /** @description Number of the line that the call is made for */
                        line: string;
                        /** @description The called number, with `numbers=true`; masked without the scope numbers:read */
                        to?: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteNotification: {
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
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getHeldNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Their number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHeldNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "call" | "cancel";
                };
            };
        };
        responses: {
            /** @description The number of those that are called or canceled */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        count: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getDoNotCall: {
        parameters: {
            query?: {
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sorted by number; `next` is the value of `after` for the next page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        numbers: {
                            number: string;
                            reason: string;
                            /** @description Token or person who added it */
                            by: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                        }[];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postDoNotCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                    /** @default  */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The number is on the list */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteDoNotCallByNumber: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number is no longer on the list */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getWebhooksDeliveries: {
        parameters: {
            query?: {
                call?: string;
                webhook?: string;
                state?: "waiting" | "delivered" | "dropped" | "dead";
                limit?: number;
                cursor?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["Delivery"][];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getWebhooksDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryWithAttempts"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postWebhooksDeliveryRedeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, queued again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryWithAttempts"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postWebhooksDeliveriesRedeliverDead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The webhook’s name in the company’s document */
                    webhook: string;
                };
            };
        };
        responses: {
            /** @description How many were queued again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        redelivered: number;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The receivers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        receivers: {
                            /** @description In the company’s document; `callback:` or `alarm:` and the name of a callback or a receiver of alarms */
                            name: string;
                            url: string;
                            /** @description null: all events of calls */
                            events: string[] | null;
                            /**
                             * @description `unsteady`: some deliveries fail, others arrived meanwhile; `failing`: none arrives
                             * @enum {string}
                             */
                            state: "unused" | "working" | "unsteady" | "failing";
                            /** @description The first failed attempt of the deliveries that fail now */
                            failing_since: string | null;
                            /** @description Deliveries that wait, also those behind a failing one of the same call */
                            waiting: number;
                            /** @description Deliveries that were given up */
                            dead: number;
                            /** @description The last acknowledged delivery */
                            delivered_at: string | null;
                            /** @description Of the deliveries that wait or were given up */
                            last_failure: {
                                status: number | null;
                                /** @description Why there was no response */
                                failed: string | null;
                                /** @description The kind of `failed`: `connect`: refused or unknown host; `timeout`: no response in time */
                                reason: ("connect" | "connect_timeout" | "timeout" | "reset" | "too_large" | "redirect" | "invalid_url" | "closed" | "other") | null;
                                /** @description ISO 8601, UTC */
                                at: string;
                            } | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postWebhookTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the request ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        latency_ms: number;
                        status: number | null;
                        /** @description Why there was no response */
                        failed: string | null;
                        /** @description The kind of `failed`: `connect`: refused or unknown host; `timeout`: no response in time */
                        reason: ("connect" | "connect_timeout" | "timeout" | "reset" | "too_large" | "redirect" | "invalid_url" | "closed" | "other") | null;
                        /** @description The start of the response; digits are masked without the scope numbers:read */
                        answer: string;
                        /** @description The body of the request */
                        sent: string;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getShopSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The values */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Address of the control API, in place of https://telfa.cz */
                        api_url: string;
                        /** @description The lines, as the profile writes numbers */
                        numbers: string[];
                        /** @description People with a login for HTTP Basic */
                        users: {
                            login: string;
                            name: string;
                        }[];
                        /** @description Handset labels of the call plans */
                        handsets: string[];
                        prompts: {
                            id: number;
                            name: string;
                        }[];
                        /** @description Heard by callers who are rejected on the monitor */
                        reject_prompt: number | null;
                        /** @description The receivers of call events */
                        webhooks: {
                            name: string;
                            url: string;
                        }[];
                        /** @description The places in call plans that hand the call over to a shop */
                        hand_overs: {
                            where: string;
                            url: string;
                            profile: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postHandOverTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    url: string;
                    /** @default telfa */
                    profile?: string;
                    /** @description Typed by the caller when the shop asks for input */
                    digits?: string;
                };
            };
        };
        responses: {
            /** @description Each request and its response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        exchanges: {
                            request: {
                                content_type: string;
                                body: string;
                            };
                            latency_ms: number;
                            status: number | null;
                            /** @description Why there was no response */
                            failed: string | null;
                            /** @description The kind of `failed` */
                            reason: ("connect" | "connect_timeout" | "timeout" | "reset" | "too_large" | "redirect" | "invalid_url" | "closed") | null;
                            /** @description The start of the response; digits are masked without the scope numbers:read */
                            answer: string;
                            /** @description What the gateway would do next */
                            directive: {
                                /**
                                 * @description `bad`: unreadable; `unknown`: an action that the contract does not define; `return`: back to the plan
                                 * @enum {string}
                                 */
                                type: "answer" | "play" | "menu" | "transfer" | "hang_up" | "return" | "unknown" | "bad";
                                prompt: number | null;
                                queue: string | null;
                                timeout_ms: number | null;
                                max: number | null;
                                /** @description The unknown action, or why the response is unreadable */
                                detail: string | null;
                            } | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPeopleExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In any notation; without a country code it is a number of the company’s country */
                    number: string;
                };
            };
        };
        responses: {
            /** @description One JSON document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPeopleSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In any notation; without a country code it is a number of the company’s country */
                    number: string;
                };
            };
        };
        responses: {
            /** @description Numbers of rows by kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description With its country code */
                        number: string;
                        /** @description Rows that hold the number. Of rows of other people only the number is erased */
                        counts: {
                            calls: number;
                            recordings: number;
                            webhook_deliveries: number;
                            orders: number;
                            notifications: number;
                            /** @description Rejected requests and calls, notes about missed calls, entries of the audit log */
                            other: number;
                        };
                        /** @description Whether the number is on the do-not-call list */
                        do_not_call: boolean;
                        /** @description Items of the company document that still hold the number */
                        configuration: {
                            section: string;
                            key: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPeopleErasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Time, requester and counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        erasures: {
                            id: string;
                            /** @description ISO 8601, UTC */
                            at: string;
                            by: string;
                            counts: {
                                [key: string]: number;
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postPeopleErasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description In any notation; without a country code it is a number of the company’s country */
                    number: string;
                    /**
                     * @description Also removes the entry of the do-not-call list; the number can then be called again
                     * @default false
                     */
                    remove_do_not_call?: boolean;
                };
            };
        };
        responses: {
            /** @description Counts of the erased data, without the number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description ISO 8601, UTC */
                        at: string;
                        /** @description Token or person that requested the erasure */
                        by: string;
                        /** @description By kind: `calls` and related rows; `mentions`: rows of other people, from which only the number was removed */
                        counts: {
                            [key: string]: number;
                        };
                        /**
                         * @description The entry of the do-not-call list
                         * @enum {string}
                         */
                        do_not_call: "kept" | "removed" | "none";
                        /** @description Items of the company document that still hold the number */
                        configuration: {
                            section: string;
                            key: string;
                        }[];
                        /**
                         * @description Backups of this gateway that were made before: they may hold the data until they are removed
                         * @example [
                         *       "cordboard-20261129T023000Z.tar.gz"
                         *     ]
                         */
                        backups: string[];
                        /** @description False when another process reads the database: its write-ahead log is emptied after that process has ended */
                        log_truncated: boolean;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The number is in a call, or another erasure is running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getBackups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        backups: {
                            /** @example cordboard-20261129T023000Z.tar.gz */
                            name: string;
                            /**
                             * Format: date-time
                             * @description When it was begun; what came later is not in it
                             */
                            created_at: string;
                            bytes: number;
                            encrypted: boolean;
                        }[];
                        running: {
                            name: string;
                            /** Format: date-time */
                            started_at: string;
                            /**
                             * @description `database`: it is copied. `files`: the archive is written
                             * @enum {string}
                             */
                            step: "database" | "files";
                            /** @description Of this step */
                            done_bytes: number;
                            total_bytes: number;
                        } | null;
                        /** @description Of any time; the file may have been removed meanwhile */
                        last_success: {
                            name: string;
                            /** Format: date-time */
                            at: string;
                            bytes: number;
                            duration_ms: number;
                        } | null;
                        /** @description null when the last backup succeeded */
                        last_failure: {
                            /** Format: date-time */
                            at: string;
                            /** @example no_space */
                            fault: string;
                            message: string;
                        } | null;
                        /** @description null: no backups are made by themselves (BACKUP_AT) */
                        schedule: {
                            /**
                             * @description On the company's clock
                             * @example 03:30
                             */
                            at: string;
                        } | null;
                        /** @description How many are kept */
                        keep: number;
                        /** @description Whether backups are encrypted (BACKUP_PASSPHRASE_FILE, BACKUP_RECIPIENT) */
                        encrypted: boolean;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postBackups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup is being made */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                        /** Format: date-time */
                        started_at: string;
                        /**
                         * @description `database`: it is copied. `files`: the archive is written
                         * @enum {string}
                         */
                        step: "database" | "files";
                        /** @description Of this step */
                        done_bytes: number;
                        total_bytes: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Another backup is being made, or the database is in PostgreSQL and backed up with pg_dump */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getBackup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A tar archive, compressed with gzip, encrypted with age if its name ends with .age */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getBans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All bans in force, at most 1000 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        bans: {
                            /**
                             * @description An IPv4 address, or the /64 network of an IPv6 address
                             * @example 192.0.2.7
                             */
                            address: string;
                            /** @description ISO 8601, UTC */
                            since: string;
                            /** @description null: until it is lifted */
                            until: string | null;
                            /** @enum {string} */
                            cause: "guessing" | "manual";
                            /** @description Where the wrong passwords or tokens were sent; a ban for sip_udp holds for SIP only, since its address may be forged; null for a manual ban */
                            source: ("sip" | "sip_udp" | "http") | null;
                            /** @description Number of bans of this address in a row; each is four times as long as the one before */
                            times: number;
                            note: string;
                        }[];
                        /** @description Why bans do not work for SIP, in English; null when they do */
                        sip_problem: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postBans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address: string;
                    /**
                     * @description Default: until it is lifted
                     * @example 1440
                     */
                    minutes?: number;
                    /**
                     * @default
                     * @example scans for extensions
                     */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The ban */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description An IPv4 address, or the /64 network of an IPv6 address
                         * @example 192.0.2.7
                         */
                        address: string;
                        /** @description ISO 8601, UTC */
                        since: string;
                        /** @description null: until it is lifted */
                        until: string | null;
                        /** @enum {string} */
                        cause: "guessing" | "manual";
                        /** @description Where the wrong passwords or tokens were sent; a ban for sip_udp holds for SIP only, since its address may be forged; null for a manual ban */
                        source: ("sip" | "sip_udp" | "http") | null;
                        /** @description Number of bans of this address in a row; each is four times as long as the one before */
                        times: number;
                        note: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteBan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                address: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lifted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRecordedRequests: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the cursor of the following one */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requests: components["schemas"]["RecordedRequest"][];
                        next: string | null;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    deleteRecordedRequests: {
        parameters: {
            query?: {
                up_to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getRecordedRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedRequest"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getDispatchSettings: {
        parameters: {
            query?: {
                for?: "runtel" | "common" | "custom";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The forms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        forms: {
                            /** @enum {string} */
                            for: "runtel" | "common" | "custom";
                            fields: {
                                kind: string;
                                /** @description The label in the dispatch’s form */
                                label: string;
                                /** @description The value to copy; null for a token that was created before: it is not shown again */
                                value: string | null;
                                token?: {
                                    name: string;
                                    exists: boolean;
                                };
                            }[];
                        }[];
                        lines: {
                            number: string;
                            branch: string | null;
                            tariff: string | null;
                        }[];
                        operators: {
                            name: string;
                            login: string | null;
                            webrtc: boolean;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    postDispatchSettingsTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    for?: "runtel" | "common" | "custom";
                    /** @default false */
                    replace?: boolean;
                };
            };
        };
        responses: {
            /** @description The forms, with the created tokens */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        forms: {
                            /** @enum {string} */
                            for: "runtel" | "common" | "custom";
                            fields: {
                                kind: string;
                                /** @description The label in the dispatch’s form */
                                label: string;
                                /** @description The value to copy; null for a token that was created before: it is not shown again */
                                value: string | null;
                                token?: {
                                    name: string;
                                    exists: boolean;
                                };
                            }[];
                        }[];
                        lines: {
                            number: string;
                            branch: string | null;
                            tariff: string | null;
                        }[];
                        operators: {
                            name: string;
                            login: string | null;
                            webrtc: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getMonitor: {
        parameters: {
            query?: {
                handset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description False while Asterisk is unreachable: the rest is the last known state */
                        current: boolean;
                        /** @description False while the database cannot be written: running calls are in memory only */
                        durable: boolean;
                        /** @description By id */
                        queues: {
                            [key: string]: components["schemas"]["LiveQueue"];
                        };
                        /** @description By id */
                        calls: {
                            [key: string]: components["schemas"]["LiveCall"];
                        };
                        /** @description By name */
                        handsets: {
                            [key: string]: components["schemas"]["LiveHandset"];
                        };
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getQueues: {
        parameters: {
            query?: {
                handset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queues */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        current: boolean;
                        queues: {
                            id: number;
                            name: string;
                            /** @description Number of waiting callers of all labels */
                            waiting: number;
                            /** @description Waiting callers, in order */
                            calls: components["schemas"]["LiveCall"][];
                            handsets: components["schemas"]["LiveHandset"][];
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPhoneJs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The script */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPhoneFrame: {
        parameters: {
            query: {
                origin: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The frame */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getPhoneFrameSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as in the pages of the console */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    telfaCallLog: {
        parameters: {
            query?: {
                page?: number | string;
                from?: string;
                to?: string;
                number_id?: number | string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaCall"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string | number;
                    /** @enum {string} */
                    method?: "voip" | "mobile" | "both";
                    telfa_user_id?: number | string;
                    telfa_user_login?: string | number;
                    auto_answer?: boolean | ("0" | "1" | "true" | "false") | number;
                    number_id?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The integer of the call; its `call_id` when it has none */
                        id: number | string;
                        /** @description As in webhooks and hand-overs */
                        call_id: string;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaAnnounce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string | number;
                    text?: string | number;
                    voice?: string | number;
                    /** @description the id of a prompt */
                    recording_id?: number | string;
                    recipe_id?: number | string;
                    number_id?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The integer of the call; its `call_id` when it has none */
                        id: number | string;
                        /** @description As in webhooks and hand-overs */
                        call_id: string;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaPlay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    call_id: string | number;
                    /** @description the id of a prompt */
                    recording_id: number | string;
                    /**
                     * @default both
                     * @enum {string}
                     */
                    side?: "caller" | "callee" | "both";
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaInterrupt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string | number;
                    /** @description the id of a prompt */
                    recording_id?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaTransfer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    call_id: string | number;
                    group_id?: number | string;
                    telfa_user_id?: number | string;
                    telfa_user_login?: string | number;
                    number?: string | number;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaListen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    call_id: string | number;
                    telfa_user_id?: number | string;
                    telfa_user_login?: string | number;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaHangUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    call_id: string | number;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaCurrentCalls: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaCall"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaOneCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string | number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaCall"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaCallAudio: {
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
            /** @description The sound */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaUser"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaStates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaUserState"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaOneUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaUser"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaOneState: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaUserState"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaLoginHistory: {
        parameters: {
            query?: {
                page?: number | string;
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description ISO 8601, with the company’s offset from UTC */
                        at: string;
                        /** @enum {string} */
                        event: "login" | "logout" | "pause" | "unpause";
                        group_id: number;
                        reason: string | null;
                    }[];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaLogIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    group_id?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaLogOut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    group_id?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        name: string;
                        strategy: string;
                    }[];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaGroupUsers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaUser"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaPrompts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecording"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaPromptFromText: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string | number;
                    text: string | number;
                    voice?: string | number;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecording"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaNumbers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: number;
                        number: string;
                        name: string;
                        recipe_id: number | null;
                    }[];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaRecipes: {
        parameters: {
            query?: {
                page?: number | string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecipe"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaMakeRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    steps?: {
                        action: string;
                        settings?: unknown;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecipe"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaOneRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecipe"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaChangeRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    steps: {
                        action: string;
                        settings?: unknown;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaRecipe"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaSteps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaStep"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaAddStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: string;
                    settings?: unknown;
                    position?: number | string;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaStep"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaChangeStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
                position: number | string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    action: string;
                    settings?: unknown;
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaStep"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaRemoveStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number | string;
                position: number | string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaStep"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaWebhook"][];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaSetWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default telfa */
                    id?: string;
                    /** Format: uri */
                    url: string;
                    events?: ("call_started" | "queue_joined" | "ringing" | "answered" | "queue_left" | "hangup" | "recording_ready" | "bridge" | "bridge_recording" | "notification" | "call_note" | "alarm")[];
                };
            };
        };
        responses: {
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaWebhook"];
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    telfaRemoveWebhook: {
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
            /** @description Done, or stored and carried out even after a crash */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                    };
                };
            };
            /** @description The error */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
            /** @description The error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TelfaErrors"];
                };
            };
        };
    };
    gootaxNotify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DispatchOrder"];
            };
        };
        responses: {
            /** @description Stored, and carried out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DispatchOrderStored"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    gootaxConnectByQuery: {
        parameters: {
            query?: {
                order_id?: string | number;
                initiator?: string;
                client_phone?: string;
                driver_phone?: string;
                from?: string;
                to?: string;
                line?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, and carried out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                        bridge: {
                            id: string;
                            order_id: string;
                            state: string;
                            is_new: boolean;
                        };
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    gootaxConnect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Without it both numbers are needed */
                    order_id?: string | number;
                    /** @description Who is called first: `client` or `driver` */
                    initiator?: string;
                    client_phone?: string;
                    driver_phone?: string;
                    /** @description Number of the first party */
                    from?: string;
                    /** @description Number of the second party */
                    to?: string;
                    line?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Stored, and carried out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        ok: true;
                        bridge: {
                            id: string;
                            order_id: string;
                            state: string;
                            is_new: boolean;
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    runtelCallLog: {
        parameters: {
            query?: {
                page?: number;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calls: components["schemas"]["RuntelCall"][];
                        page: number;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    runtelCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user?: string | number;
                    handset?: string | number;
                    extension?: string | number;
                    number: string;
                    line?: string;
                };
            };
        };
        responses: {
            /** @description The call begins */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        call_id: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidRequest"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    runtelOneCall: {
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
            /** @description The call */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuntelCall"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    runtelRecording: {
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
            /** @description The sound */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": unknown;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    runtelUserStates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: components["schemas"]["RuntelUser"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Problem"];
        };
    };
    onCallStarted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onQueueJoined: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onRinging: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAnswered: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onQueueLeft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onHangup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onRecordingReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBridge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BridgeEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onBridgeRecording: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BridgeRecordingEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onNotification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onCallNote: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallNoteEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onAlarm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlarmEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestEvent"];
            };
        };
        responses: {
            /** @description Received. Everything else is a failed delivery, which is repeated; 410: it is not */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onHandOver: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOverRequest"];
            };
        };
        responses: {
            /** @description The next action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandOverResponse"];
                };
            };
        };
    };
    onCustomerLookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerLookup"];
            };
        };
        responses: {
            /** @description The customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerLookupAnswer"];
                };
            };
            /** @description Nobody with that number */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onOrderLookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderLookup"];
            };
        };
        responses: {
            /** @description The orders of that caller, in the names of the profile `gootax` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderLookupAnswer"];
                };
            };
            /** @description No order */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
