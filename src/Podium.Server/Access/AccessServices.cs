using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary>Who may do what, put together.</summary>
internal static class AccessServices
{
    public static void AddAccess(this IServiceCollection services, ServerOptions options)
    {
        services.AddQuietLogs();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<CookieGuard>();
        services.AddSingleton<LiveAccess>();
        services.AddSingleton<TokenTrail>();
        services.AddSingleton<TokenChanges>();
        services.AddSingleton(new AllowedFolders(options.Runs, options.Map));
        if (!Console.IsOutputRedirected) services.AddSingleton(Console.Out);
        services.AddHostedService<AdministratorToken>();
        services.AddRequestRates(options.Limits);

        services.AddAuthentication(TokenAuthentication.Scheme).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Read, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Policies.Report, policy => policy.RequireRole(TokenRole.Operator, TokenRole.Admin, TokenRole.Job))
            .AddPolicy(Policies.Operate, policy => policy.RequireRole(TokenRole.Operator, TokenRole.Admin))
            .AddPolicy(Policies.Administer, policy => policy.RequireRole(TokenRole.Admin))
            // What says nothing is for people, and not for a job's own token.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(TokenRole.Viewer, TokenRole.Operator, TokenRole.Admin).Build());

        services.AddDataProtection().SetApplicationName("podium");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = new DatabaseKeys(provider.GetRequiredService<PodiumStorage>)));
        services.AddAntiforgery(forgery =>
        {
            forgery.HeaderName = CookieGuard.Header;
            forgery.Cookie.Name = "podium_antiforgery";
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // All answers forbid frames already.
            forgery.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            // What a proxy says of who calls and how is believed of this machine and of those named; what it says of our own
            // name never is: no address is made of it.
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in options.TrustedProxies)
                if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
                else forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        });
    }

    /// <summary>What must stand before routing.</summary>
    public static void UseOuterAccess(this WebApplication app, ServerOptions options)
    {
        app.UseSecurityHeaders();
        app.UseForwardedHeaders();
        if (options.PathBase.Length > 0) app.UsePrefix(options.PathBase);
    }

    /// <summary>What must stand behind routing, before endpoints.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<CookieGuard>();
        app.UseAuthorization();
    }

    /// <summary>Serves below a prefix. A proxy may have taken it off already: addresses that we give out have it all the same.</summary>
    private static void UsePrefix(this WebApplication app, string prefix) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest)) context.Request.Path = rest.HasValue ? rest : "/";
        context.Request.PathBase = prefix;
        return next(context);
    });
}
