using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Podium.Storage;

namespace Podium.Server.Access;

/// <summary>Keeps the keys of cookies in the database, so that servers that share it read each other's.</summary>
/// <param name="storage">Opens the database; asked only when keys are needed, as whoever only puts the server together has none.</param>
internal sealed class DatabaseKeys(Func<PodiumStorage> storage) : IXmlRepository
{
    // The interface cannot wait. It is called at start and every day or so, off the requests.
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. storage().ProtectionKeys.ListAsync(CancellationToken.None).GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        storage().ProtectionKeys.AddAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();
    }
}
