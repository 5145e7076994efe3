using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Podcasto.Costs.Client.Exports;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Exports.Focus;

/// <summary>Describes an export, from rollups: nobody has to make the data, or open it.</summary>
internal sealed class FocusMetadata(ExportMonths months)
{
    /// <summary>When <see cref="FocusColumns"/> became what they are.</summary>
    public static readonly DateTimeOffset CreatedAt = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Made of the columns, so that it cannot stay behind when they change.</summary>
    public static readonly Guid SchemaId = IdOf(FocusColumns.All);

    private static readonly FocusSchemaView Schema = new()
    {
        SchemaId = SchemaId,
        FocusVersion = "1.2",
        CreationDate = CreatedAt,
        DataGeneratorVersion =
            typeof(FocusMetadata).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        ColumnDefinition = [.. FocusColumns.All.Select(ViewOf)],
    };

    /// <summary>Of a month; null where it has no event.</summary>
    public async Task<FocusMetadataView?> FindAsync(ExportQuery query, CancellationToken cancellationToken)
    {
        Month month = query.Wanted;
        if (await months.FindAsync(month, cancellationToken) is not { } found)
            return null;
        var unpriced = found.UnpricedCount == 0 ? [] : await months.UnpricedAsync(month, cancellationToken);
        return new FocusMetadataView
        {
            DataGenerator = "Podcasto Costs",
            Schema = Schema,
            BillingPeriodStart = month.Start,
            BillingPeriodEnd = month.End,
            IsOpen = query.IsOpen,
            BilledCost = found.TotalCostUsd,
            EventCount = found.EventCount - found.UnpricedCount,
            UnpricedEventCount = found.UnpricedCount,
            UnpricedUsage =
            [
                .. unpriced.Select(usage => new FocusUnpricedUsage
                {
                    Service = usage.Service,
                    Model = usage.Model,
                    Region = usage.Region,
                    EventCount = usage.EventCount,
                }),
            ],
        };
    }

    private static FocusColumnView ViewOf(FocusColumn column) =>
        new()
        {
            ColumnName = column.Name,
            DataType = column.DataType,
            NumericPrecision = column.Precision,
            NumberScale = column.Scale,
            StringMaxLength = column.MaxLength,
            StringEncoding = column.MaxLength is null ? null : "UTF-8",
            ProviderTagPrefixes = column.TagPrefix is { } prefix ? [prefix] : null,
        };

    private static Guid IdOf(IReadOnlyList<FocusColumn> columns)
    {
        var text = string.Join(
            '\n',
            columns.Select(column =>
                FormattableString.Invariant(
                    $"{column.Name} {column.DataType} {column.Precision} {column.Scale} {column.MaxLength} {column.TagPrefix}"
                )
            )
        );
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        // RFC 9562: version 8, a UUID of one's own making.
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
