using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Podcasto.Costs.Core.Numbers;
using Podcasto.Costs.Core.Rollups;

namespace Podcasto.Costs.Server.Hosting.Bodies;

/// <summary>The fields of an object in a body: each is read once, by name; what is left over, repeated or wrong becomes an error.</summary>
internal sealed class JsonObject
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly FieldErrors _errors;
    private readonly string _pointer;

    /// <param name="element">What should be an object.</param>
    /// <param name="pointer">Its JSON pointer.</param>
    /// <param name="names">The fields that it may have.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public JsonObject(JsonElement element, string pointer, IReadOnlyCollection<string> names, FieldErrors errors)
    {
        (_pointer, _errors) = (pointer, errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(pointer, "must be a JSON object");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name))
                Refuse(property.Name, $"is not one of {string.Join(", ", names)}");
            else if (!_fields.TryAdd(property.Name, property.Value))
                Refuse(property.Name, "is given twice");
        }
    }

    public string? Text(string name, int maxLength, bool required = false)
    {
        if (!TryGet(name, required, out var value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Refuse(name, "must be a string");
        var text = value.GetString()!;
        if (required && text.Length == 0)
            return Refuse(name, "must not be empty");
        return text.Length <= maxLength ? text : Refuse(name, $"must not exceed {maxLength} characters");
    }

    public Guid? Id(string name, bool required = false)
    {
        if (Text(name, int.MaxValue, required) is not { } text)
            return null;
        if (Ids.TryParse(text, out var id))
            return id;
        Refuse(name, "must be a UUID in 8-4-4-4-12 form, and not the nil UUID");
        return null;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
            return null;
        if (!Rfc3339.TryParse(text, out var instant))
            Refuse(name, "must be an RFC 3339 time with an offset, such as 2026-01-31T09:30:00Z");
        else if (instant < Rfc3339.Earliest)
            Refuse(name, "must not be before 2000-01-01T00:00:00Z");
        else
            return instant;
        return null;
    }

    public DateOnly? Date(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Refuse(name, "must be a date, yyyy-MM-dd");
        return null;
    }

    public Month? Month(string name, bool required = false)
    {
        if (Text(name, int.MaxValue, required) is not { } text)
            return null;
        if (Core.Rollups.Month.TryParse(text, out var month))
            return month;
        Refuse(name, "must be a month, yyyy-MM");
        return null;
    }

    public decimal? Decimal(string name, DecimalLimits limits, bool required = false)
    {
        if (!TryGet(name, required, out var value))
            return null;
        var text = value.ValueKind switch
        {
            // The raw text: nothing is rounded on the way.
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value),
            JsonValueKind.String => System.Text.Encoding.UTF8.GetBytes(value.GetString()!),
            _ => default,
        };
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
        {
            Refuse(name, "must be a number, or a string that holds one");
            return null;
        }

        var fault = DecimalText.TryParse(text, limits, out var number);
        if (fault == DecimalFault.None)
            return number;
        Refuse(name, DecimalFaults.Describe(fault, limits));
        return null;
    }

    public JsonElement? Array(string name, bool required = false)
    {
        if (!TryGet(name, required, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array)
            return value;
        Refuse(name, "must be an array");
        return null;
    }

    public string? Refuse(string name, string message)
    {
        _errors.Add($"{_pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", message);
        return null;
    }

    // Null is the same as absent.
    private bool TryGet(string name, bool required, out JsonElement value)
    {
        if (_fields.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        if (required)
            Refuse(name, "is required");
        return false;
    }
}
